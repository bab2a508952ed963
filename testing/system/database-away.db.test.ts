import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiKeys, issueKey } from "#server/access/api-keys.ts";
import { can } from "#server/access/can.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { ingestBody } from "#server/engine/ingest-body.ts";
import type { Writer } from "#server/engine/writer.ts";
import { createIngestHandler } from "#server/ingest/handler.ts";
import { createLog } from "#server/lib/log.ts";
import { at } from "../factories/events.ts";
import { startTestServer, startTestWriter, type TestServer } from "../harness/writer-harness.ts";

let postgres: TestServer;
let database: Database;
let writer: Writer;
let server: Server;
let address: string;
let now = at("11-22 12:00");

beforeAll(async () => {
  postgres = await startTestServer("own");
  const databaseUrl = await postgres.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  writer = await startTestWriter(databaseUrl);
  const keys = new ApiKeys(database.db, () => now);
  const handler = createIngestHandler({
    engine: { ingest: (body) => ingestBody(writer, body) },
    senderOf: async (headers) => {
      const actor = await keys.authenticate(headers);
      return actor && { id: actor.id, write: can(actor, "ingest.write"), replay: false };
    },
    maxFutureSkewMs: 300_000,
    now: () => now,
    log: createLog("silent"),
  });
  server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ingest/orders`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await writer.stop();
  await database.close();
});

const post = (secret: string) =>
  fetch(address, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${secret}` },
    body: `{"id":"7","order_no":"A","gmt_modified":${now}}`,
  });

test("while the database is away, senders are told to come again, whether their key is remembered or not", async () => {
  const { secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "test");
  expect((await post(secret)).status).toBe(200);
  await postgres.stopAtOnce();
  for (const wait of [0, 60_000]) {
    now += wait;
    const answer = await post(secret);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: "unavailable" });
  }
});
