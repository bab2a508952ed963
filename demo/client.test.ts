import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Refused } from "./back-off.ts";
import { Client } from "./client.ts";
import { nextStep } from "./send.ts";

const LINE = { at: 1, stream: "orders", line: '{"id":1}' } as const;

describe("the demo's client", () => {
  let server: Server;
  /** Statuses to answer with, in order; then 200. */
  let answers: number[];
  let bodies: string[];

  beforeEach(async () => {
    answers = [];
    bodies = [];
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(answers.shift() ?? 200).end("{}");
    }).listen(0);
    await once(server, "listening");
  });
  afterEach(() => server.close());

  function client(signal = new AbortController().signal): Client {
    const { port } = server.address() as AddressInfo;
    return new Client({ baseUrl: `http://127.0.0.1:${port}`, credentials: {}, say: () => undefined, signal });
  }

  test("sends the same body again while the server is busy or away (C9)", async () => {
    answers = [503, 429];
    await client().ingest("orders", [LINE], "wall");
    expect(bodies).toEqual(['{"id":1}\n', '{"id":1}\n', '{"id":1}\n']);
  });

  test("does not insist where it was refused", async () => {
    answers = [403];
    await expect(client().ingest("orders", [LINE], "wall")).rejects.toThrow(Refused);
    expect(bodies).toHaveLength(1);
  });

  test("ends at once when it is told to, even while it waits", async () => {
    answers = Array(100).fill(503);
    const stop = new AbortController();
    const sending = client(stop.signal).ingest("orders", [LINE], "wall");
    stop.abort();
    await expect(sending).rejects.toThrow();
  });
});

test("steps end with the half hours, and the first moments of an hour are a step of their own", () => {
  const hour = Date.UTC(2026, 10, 22, 6);
  const steps = [hour, hour + 50_000, hour + 1_800_000, hour + 1_850_000, hour + 3_600_000];
  for (const [index, at] of steps.slice(0, -1).entries()) expect(nextStep(at)).toBe(steps[index + 1]);
  expect(nextStep(hour + 10)).toBe(hour + 50_000);
});
