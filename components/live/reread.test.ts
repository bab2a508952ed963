import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { PATIENCE } from "#testing/harness/patience.ts";
import { goOn, reread, standStill, whenRead } from "./reread.ts";

const KEY = ["figures"] as const;

/** A query whose answers are given by hand; each is what the server had when it was asked. */
function openQuery() {
  const server = { value: 1 };
  const answers: (() => void)[] = [];
  const client = new QueryClient();
  const observer = new QueryObserver(client, {
    queryKey: KEY,
    queryFn: () => {
      const { value } = server;
      return new Promise<number>((resolve) => answers.push(() => resolve(value)));
    },
  });
  observer.subscribe(() => undefined);
  return { client, server, answers, data: () => client.getQueryData(KEY) };
}

test("what changes while a query is read for the first time is read afterwards", async () => {
  const { client, server, answers, data } = openQuery();
  server.value = 2;
  const done = reread(client, { queryKey: KEY });
  answers[0]?.();
  await vi.waitFor(() => expect(answers).toHaveLength(2), PATIENCE);
  expect(data()).toBe(1);
  answers[1]?.();
  await done;
  expect(data()).toBe(2);
});

test("changes that come faster than answers neither break a reading off nor pile up", async () => {
  const { client, server, answers, data } = openQuery();
  answers[0]?.();
  await vi.waitFor(() => expect(data()).toBe(1), PATIENCE);
  const first = reread(client);
  await vi.waitFor(() => expect(answers).toHaveLength(2), PATIENCE);
  server.value = 3;
  const many = Array.from({ length: 20 }, () => reread(client));
  answers[1]?.();
  await first;
  expect(data()).toBe(1);
  await vi.waitFor(() => expect(answers).toHaveLength(3), PATIENCE);
  answers[2]?.();
  await Promise.all(many);
  expect(data()).toBe(3);
  expect(answers).toHaveLength(3);
});

test("what is put into the cache while a reading is under way stays, in its order", async () => {
  const { client, answers, data } = openQuery();
  const put = [10, 11].map((value) => whenRead(client, KEY, () => client.setQueryData(KEY, value)));
  answers[0]?.();
  await Promise.all(put);
  expect(data()).toBe(11);
});

test("a query that nobody reads is only marked; one that is not there is nothing to do for", async () => {
  const client = new QueryClient();
  client.setQueryData(KEY, 1);
  await reread(client, { queryKey: KEY });
  expect(client.getQueryState(KEY)?.isInvalidated).toBe(true);
  let acted = false;
  await whenRead(client, ["other"], () => {
    acted = true;
  });
  expect(acted).toBe(true);
});

test("what is on its way when the page stands still changes nothing; it is read when the page goes on (C14)", async () => {
  const { client, server, answers, data } = openQuery();
  answers[0]?.();
  await vi.waitFor(() => expect(data()).toBe(1), PATIENCE);
  const [first, again] = [reread(client), reread(client)];
  await vi.waitFor(() => expect(answers).toHaveLength(2), PATIENCE);
  server.value = 2;
  await standStill(client);
  answers[1]?.();
  await Promise.all([first, again]);
  expect(data()).toBe(1);
  expect(answers).toHaveLength(2);
  const done = goOn(client);
  await vi.waitFor(() => expect(answers).toHaveLength(3), PATIENCE);
  answers[2]?.();
  await done;
  expect(data()).toBe(2);
});

test("what was never read is read although the page stands still", async () => {
  const { client, answers, data } = openQuery();
  await standStill(client);
  answers[0]?.();
  await vi.waitFor(() => expect(data()).toBe(1), PATIENCE);
});
