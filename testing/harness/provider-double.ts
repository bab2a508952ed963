import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One call, as a double of a provider sees it. */
export interface DoubleCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  /** {}: none was sent. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What it answers: an object as JSON, a text as it is, or where the browser goes. */
export type DoubleAnswer =
  | { readonly status?: number; readonly json: object }
  | { readonly status?: number; readonly text: string }
  | { readonly location: string }
  | "silence";

/** A server on loopback that answers as a provider would. @param answer undefined: there is no such address */
export async function startDouble(answer: (call: DoubleCall) => DoubleAnswer | undefined) {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const url = new URL(request.url ?? "/", "http://double");
      const body = text === "" ? {} : (JSON.parse(text) as DoubleCall["body"]);
      const said = answer({ method: request.method ?? "", url, headers: request.headers, body });
      if (said === "silence") return;
      if (said === undefined) return void response.writeHead(404).end("no such address");
      if ("location" in said) return void response.writeHead(302, { location: said.location }).end();
      if ("text" in said) return void response.writeHead(said.status ?? 200).end(said.text);
      response.writeHead(said.status ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify(said.json));
    })();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The query of an address whose names are exactly these; null: another is there, or one is missing. */
export function exactly<N extends string>(url: URL, names: readonly N[]): Readonly<Record<N, string>> | null {
  const given = [...url.searchParams.keys()].sort();
  if (given.join() !== [...names].sort().join()) return null;
  return Object.fromEntries(url.searchParams) as Record<N, string>;
}
