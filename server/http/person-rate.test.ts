import { expect, test } from "vitest";
import { PersonRate } from "./person-rate.ts";

test("a person writes as often as hands do; others are not held up", async () => {
  const rate = new PersonRate();
  for (let n = 0; n < 600; n += 1) await rate.take("lin");
  await expect(rate.take("lin")).rejects.toMatchObject({ code: "too_busy", retryAfter: 60 });
  await rate.take("he");
});
