import { expect, test } from "vitest";
import { countRound } from "./callback-rates.ts";

test("an address goes to providers 120 times a minute; others are not held up", async () => {
  const rounds = await Promise.allSettled(Array.from({ length: 130 }, () => countRound("198.51.100.9")));
  expect(rounds.filter(({ status }) => status === "fulfilled")).toHaveLength(120);
  await expect(countRound("198.51.100.9")).rejects.toMatchObject({ code: "too_busy", retryAfter: 60 });
  await countRound("198.51.100.10");
});
