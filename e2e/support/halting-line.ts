import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A line to a server on which a document stops half-way. */
export interface HaltingLine {
  readonly url: string;
  /** Lets through what was held back. */
  release(): void;
  close(): Promise<void>;
}

/** Holds every document back from the first `mark` in it on, as a slow line or a busy machine may; all else passes. */
export async function haltingLine(target: string, mark: string): Promise<HaltingLine> {
  const released = Promise.withResolvers<void>();
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, "accept-encoding": "identity" };
    request(`${target}${incoming.url}`, { method: incoming.method, headers }, async (source) => {
      answer.writeHead(source.statusCode ?? 502, source.headers);
      if (!source.headers["content-type"]?.startsWith("text/html")) return void source.pipe(answer);
      const document = (await source.toArray()).join("");
      const cut = document.indexOf(mark);
      if (cut < 0) return void answer.destroy(new Error(`no ${mark} in the document of ${incoming.url}`));
      answer.write(document.slice(0, cut));
      await released.promise;
      answer.end(document.slice(cut));
    }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    release: () => released.resolve(),
    close: async () => {
      released.resolve();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
