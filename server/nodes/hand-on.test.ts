import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Engine, IngestBody } from "../contracts/batch.ts";
import { Conflict, TooBusy } from "../lib/errors.ts";
import { createLog } from "../lib/log.ts";
import { ClusterEngine } from "./cluster-engine.ts";
import { createTakeHandler } from "./take-handler.ts";

const KEY = "a key that SECRET_KEY gives";
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The writer's node over a real connection. */
async function writerOf(engine: Engine): Promise<string> {
  const handle = createTakeHandler({ engine, key: KEY, log: createLog("silent") });
  const server = createServer((request, response) => void handle(request, response));
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const nodeTo = (url: string | null, key = KEY) =>
  new ClusterEngine(null, "web", { key, writerUrl: async () => url });

const body = (bytes: number, more: Partial<IngestBody> = {}): IngestBody => ({
  stream: "orders",
  format: "ndjson",
  bytes: new Uint8Array(bytes).fill(0x20),
  clock: { kind: "wall", now: 1, skewMs: 2 },
  ...more,
});

test("a body comes to the writer as it was, a replay's edits too, and its answer comes back", async () => {
  const taken: IngestBody[] = [];
  const answer = { stream: "orders", received: 3 };
  const url = await writerOf({
    ingest: async (each) => {
      taken.push(each);
      return answer as never;
    },
  });
  const replay = {
    deadLetters: [
      { id: "1", version: 2, edited: new Uint8Array([0, 255, 7]) },
      { id: "2", version: 1, edited: null },
    ],
    actor: "lin",
    reason: "mended",
    subject: "dead letter 1",
    fields: ["account_payble"],
  };
  const sent = body(3, { linesBefore: 7, replay });
  expect(await nodeTo(url).ingest(sent)).toEqual(answer);
  const [got] = taken;
  expect(got && { ...got, bytes: [...got.bytes] }).toEqual({
    ...sent,
    bytes: [0x20, 0x20, 0x20],
    replay: {
      ...replay,
      deadLetters: [{ ...replay.deadLetters[0], edited: Buffer.from([0, 255, 7]) }, replay.deadLetters[1]],
    },
  });
});

test.each([
  ["too_busy", new TooBusy("so many wait")],
  ["conflict", new Conflict("no longer as it was seen", null)],
])("a refusal comes back as itself: %s", async (code, error) => {
  const url = await writerOf({ ingest: () => Promise.reject(error) });
  await expect(nodeTo(url).ingest(body(1))).rejects.toMatchObject({ code, message: error.message });
});

test("without a writer, with one that is gone, or under another SECRET_KEY nothing is taken, in words", async () => {
  const url = await writerOf({ ingest: async () => ({}) as never });
  await expect(nodeTo(null).ingest(body(1))).rejects.toMatchObject({ status: 503 });
  await expect(nodeTo("http://127.0.0.1:1").ingest(body(1))).rejects.toMatchObject({ status: 503 });
  await expect(nodeTo(url, "another key").ingest(body(1))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("bodies that wait for the other node are bounded in bytes, but for one that is larger by itself", async () => {
  const gate = Promise.withResolvers<void>();
  const url = await writerOf({
    ingest: async () => {
      await gate.promise;
      return {} as never;
    },
  });
  const node = nodeTo(url);
  const large = node.ingest(body(70 * 1024 * 1024));
  await expect(node.ingest(body(1))).rejects.toMatchObject({ code: "too_busy", status: 429 });
  gate.resolve();
  await large;
  await node.ingest(body(1));
});

test("while bodies arrive from other nodes they take a bounded room; one that is cut off leaves it", async () => {
  let taken = 0;
  const url = await writerOf({
    ingest: async () => {
      taken += 1;
      return {} as never;
    },
  });
  const { port } = new URL(url);
  const slow = connect(Number(port), "127.0.0.1");
  slow.write(
    `POST /cluster/ingest HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEY}\r\ncontent-length: 140000000\r\n\r\n`,
  );
  const chunk = Buffer.alloc(1024 * 1024);
  for (let sent = 0; sent < 120; sent += 1) if (!slow.write(chunk)) await once(slow, "drain");
  await expect
    .poll(() =>
      nodeTo(url)
        .ingest(body(20 * 1024 * 1024))
        .catch(({ code }) => code),
    )
    .toBe("too_busy");
  slow.destroy();
  await expect
    .poll(() =>
      nodeTo(url)
        .ingest(body(20 * 1024 * 1024))
        .catch(({ code }) => code),
    )
    .toEqual({});
  expect(taken).toBe(1);
});
