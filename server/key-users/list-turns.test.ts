import { expect, test } from "vitest";
import { inListTurn } from "./list-turns.ts";

/** A list whose end is not sent before `finish`. */
function listOf(text: string) {
  const end = Promise.withResolvers<void>();
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from(text));
      await end.promise;
      controller.close();
    },
  });
  const init = { method: "POST", body, duplex: "half", headers: { "content-type": "text/csv" } };
  return { request: new Request("http://localhost/", init as RequestInit), finish: () => end.resolve() };
}

const LIST = "id,raw_premium,raw_info\n7,1.00,\n";
const lines = async ({ bytes }: { readonly bytes: Buffer }) => bytes.toString().split("\n").length;

test("lists that never end take nobody's turn, and no more than a few of one sender are taken at all", async () => {
  const slow = Array.from({ length: 6 }, () => listOf(LIST));
  const held = slow.map(({ request }) => inListTurn("slow", request, lines));
  const quick = listOf(LIST);
  quick.finish();
  expect(await inListTurn("other", quick.request, lines)).toBe(3);
  await expect(inListTurn("slow", listOf(LIST).request, lines)).rejects.toMatchObject({ status: 429 });
  for (const { finish } of slow) finish();
  expect(await Promise.all(held)).toEqual([3, 3, 3, 3, 3, 3]);
});

test("two are worked on at once, whoever sent them", async () => {
  const gate = Promise.withResolvers<void>();
  let working = 0;
  const work = async () => {
    working += 1;
    await gate.promise;
    return working;
  };
  const all = ["a", "b", "c"].map((sender) => {
    const { request, finish } = listOf(LIST);
    finish();
    return inListTurn(sender, request, work);
  });
  await expect.poll(() => working).toBe(2);
  gate.resolve();
  expect(await Promise.all(all)).toEqual([2, 2, 3]);
});
