import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { lookupPublic, requirePublicHost } from "./public-address.ts";

export interface OutsideRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Plain HTTP and addresses of the own network are allowed. */
  readonly allowPrivate: boolean;
  /** From the first byte to the answer, ms. */
  readonly timeoutMs: number;
}

/**
 * Sends a request to an address that an administrator configured. Scheme and address are judged now and not when they were
 * configured; redirects are failures.
 * @throws when it was refused, not answered in time, or answered with anything but 2xx
 */
export async function requestOutside(given: OutsideRequest): Promise<void> {
  const url = new URL(given.url);
  if (!given.allowPrivate) {
    if (url.protocol !== "https:") throw new Error("refused: the address is not https");
    requirePublicHost(url.hostname);
  }
  const status = await statusOf(url, given);
  if (status < 200 || status > 299) throw new Error(`answered ${status}`);
}

function statusOf(
  url: URL,
  { method, headers, body, allowPrivate, timeoutMs }: OutsideRequest,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === "https:" ? secureRequest : plainRequest;
    const options = {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }) },
      signal: AbortSignal.timeout(timeoutMs),
      agent: false as const,
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    };
    const request = open(url, options, (response) => {
      // The status tells it all; the rest is not waited for.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      reject(error.name === "AbortError" ? new Error(`no answer within ${timeoutMs} ms`) : error);
    });
    request.end(body);
  });
}
