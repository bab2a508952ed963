import { expect, test, vi } from "vitest";
import { InFlight } from "./in-flight.ts";

test("so many of one name are answered at once, and the others are told to come again; another name is not held up", async () => {
  const inFlight = new InFlight();
  const gate = Promise.withResolvers<string>();
  const held = [1, 2].map(() => inFlight.run("lin", 2, () => gate.promise));
  await expect(inFlight.run("lin", 2, async () => "third")).rejects.toMatchObject({
    code: "too_busy",
    status: 429,
  });
  expect(await inFlight.run("he", 2, async () => "another")).toBe("another");
  gate.resolve("done");
  expect(await Promise.all(held)).toEqual(["done", "done"]);
  expect(await inFlight.run("lin", 2, async () => "again")).toBe("again");
});

test("what fails makes room as well", async () => {
  const inFlight = new InFlight();
  const fail = () => inFlight.run("lin", 1, () => Promise.reject(new Error("no")));
  await expect(fail()).rejects.toThrow("no");
  await expect(fail()).rejects.toThrow("no");
});

const stays = new AbortController().signal;
const streaming = (pieces: number) =>
  new Response(
    new ReadableStream({
      pull(controller) {
        if (pieces === 0) controller.close();
        else controller.enqueue(new TextEncoder().encode("line\n"));
        pieces -= 1;
      },
    }),
    { status: 200, headers: { "content-type": "text/csv" } },
  );

test("what is made while it is sent keeps its place until it has ended, or nobody takes it any more", async () => {
  const inFlight = new InFlight();
  const send = () => inFlight.runToEnd("lin", 2, stays, async () => streaming(100));
  const [read, left] = [await send(), await send()];
  await expect(send()).rejects.toMatchObject({ code: "too_busy" });
  expect(read.headers.get("content-type")).toBe("text/csv");
  expect((await read.text()).length).toBe(500);
  const third = await send();
  await expect(send()).rejects.toMatchObject({ code: "too_busy" });
  await left.body?.cancel();
  await send();
  await third.text();
  await send();
});

test("a stream that breaks makes room, and so does what cannot be begun", async () => {
  const inFlight = new InFlight();
  const broken = () =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(new Error("cut")) }));
  const first = await inFlight.runToEnd("lin", 1, stays, async () => broken());
  await expect(first.text()).rejects.toThrow("cut");
  const fail = () => inFlight.runToEnd("lin", 1, stays, () => Promise.reject(new Error("no")));
  await expect(fail()).rejects.toThrow("no");
  expect(
    (await inFlight.runToEnd("lin", 1, stays, async () => new Response(null, { status: 204 }))).status,
  ).toBe(204);
  await inFlight.runToEnd("lin", 1, stays, async () => streaming(1));
});

test("who has gone before anything was taken leaves their place", async () => {
  const inFlight = new InFlight();
  const browser = new AbortController();
  await inFlight.runToEnd("lin", 1, browser.signal, async () => streaming(9));
  await expect(inFlight.runToEnd("lin", 1, stays, async () => streaming(9))).rejects.toMatchObject({
    status: 429,
  });
  browser.abort();
  await inFlight.runToEnd("lin", 1, stays, async () => streaming(9));
});

test("who had gone before they were answered has no place, and nothing is made for them", async () => {
  const inFlight = new InFlight();
  const gone = AbortSignal.abort();
  const cancel = vi.fn();
  const never = () => new Response(new ReadableStream({ cancel }), { status: 200 });
  for (let n = 0; n < 5; n += 1) await inFlight.runToEnd("lin", 1, gone, async () => never());
  expect(cancel).toHaveBeenCalledTimes(5);
  await inFlight.runToEnd("lin", 1, stays, async () => streaming(1));
});
