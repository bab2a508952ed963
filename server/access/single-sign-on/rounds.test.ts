import { expect, test } from "vitest";
import { Rounds } from "./rounds.ts";

test("an address goes to providers 120 times a minute; others are not held up", async () => {
  const rounds = new Rounds();
  const asked = await Promise.allSettled(Array.from({ length: 130 }, () => rounds.count("198.51.100.9")));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(120);
  await expect(rounds.count("198.51.100.9")).rejects.toMatchObject({ code: "too_busy", retryAfter: 60 });
  await rounds.count("198.51.100.10");
});
