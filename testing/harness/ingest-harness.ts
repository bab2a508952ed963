import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { type IngestAnswer, ingestAnswer } from "#server/contracts/api/ingest.ts";
import type { BatchWriter } from "#server/contracts/batch.ts";
import { ingestBody } from "#server/engine/ingest-body.ts";
import { createIngestHandler } from "#server/ingest/handler.ts";
import { createLog } from "#server/lib/log.ts";

/** How a body is written and packed. */
export interface Wire {
  readonly format: "ndjson" | "json";
  readonly encoding: "identity" | "gzip" | "zstd";
}

/** The ingest endpoint alone, over HTTP, in front of a writer. */
export interface IngestHarness {
  /** Sends a body of bytes as it is. */
  post(stream: string, body: Uint8Array, headers: Record<string, string>): Promise<IngestAnswer>;
  /** Sends lines, packed as `wire` says, their clock taken from the events (C3). */
  send(stream: string, lines: readonly unknown[], wire: Wire): Promise<IngestAnswer>;
  close(): void;
}

const PACK = {
  identity: (body: Buffer) => body,
  gzip: (body: Buffer) => gzipSync(body),
  zstd: (body: Buffer) => zstdCompressSync(body),
} as const;

export async function openIngestHarness(writer: BatchWriter, now: () => number): Promise<IngestHarness> {
  const handler = createIngestHandler({
    engine: { ingest: (body) => ingestBody(writer, body) },
    senderOf: async () => ({ id: "sender", write: true, replay: true }),
    maxFutureSkewMs: 300_000,
    now,
    log: createLog("silent"),
  });
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const post: IngestHarness["post"] = async (stream, body, headers) => {
    const response = await fetch(`http://127.0.0.1:${port}/ingest/${stream}`, {
      method: "POST",
      headers: { authorization: "Bearer key", ...headers },
      body: new Uint8Array(body),
    });
    if (response.status !== 200) throw new Error(`${stream}: ${response.status} ${await response.text()}`);
    return ingestAnswer.parse(await response.json());
  };
  return {
    post,
    send: (stream, lines, { format, encoding }) => {
      const text =
        format === "json" ? JSON.stringify(lines) : lines.map((line) => JSON.stringify(line)).join("\n");
      return post(stream, PACK[encoding](Buffer.from(text)), {
        "content-type": format === "json" ? "application/json" : "application/x-ndjson",
        ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
        "tidewatch-clock": "event; from=0",
      });
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
