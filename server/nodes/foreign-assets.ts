import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** Files of a build have their content in their names: one that another build has is not another file here. */
const ASSET = /^\/_next\/static\/[\w./~-]+$/;
/** Says that a node asks, which has looked at home already. */
const ASKED_BY_NODE = "x-tidewatch-node";
/** A list of nodes is this old at most, ms: while builds differ, pages ask for many files at once. */
const LIST_MS = 2_000;
const PATIENCE_MS = 5_000;
/** Of an answer, what tells what the file is and how long it holds. */
const KEPT = ["content-type", "cache-control", "etag"];

export interface ForeignAssets {
  /** Whether this build has the file, by its path below the address of static files. */
  readonly has: (file: string) => Promise<boolean>;
  /** Where the nodes of other builds are. */
  readonly others: () => Promise<readonly string[]>;
  readonly now: () => number;
}

/**
 * While an upgrade goes through the nodes, a page of one build asks another one for its files: what is not here is fetched from a node that
 * has it. Answers false, untouched, for everything else, and for files that nobody has.
 */
export function createForeignAssets({ has, others, now }: ForeignAssets) {
  let [list, listedAt]: [readonly string[], number] = [[], Number.NEGATIVE_INFINITY];
  const otherNodes = async () => {
    if (now() - listedAt > LIST_MS) [list, listedAt] = [await others(), now()];
    return list;
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (
      request.method !== "GET" ||
      !ASSET.test(path) ||
      path.includes("..") ||
      request.headers[ASKED_BY_NODE]
    )
      return false;
    if (await has(path.slice("/_next/static/".length))) return false;
    for (const url of await otherNodes().catch(() => [])) {
      if (await fetchedFrom(new URL(path, url), response)) return true;
    }
    return false;
  };
}

async function fetchedFrom(url: URL, response: ServerResponse): Promise<boolean> {
  const answer = await fetch(url, {
    headers: { [ASKED_BY_NODE]: "1" },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null); // that node has gone: the next one may have it
  if (!answer?.ok || !answer.body) {
    await answer?.body?.cancel();
    return false;
  }
  for (const name of KEPT) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  response.writeHead(200);
  // A browser that has gone, or a node that ends in the midst: the file is cut, and asked for again.
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => undefined);
  return true;
}
