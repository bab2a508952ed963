import { Cron } from "croner";
import { describe, expect, test } from "vitest";
import { JOBS } from "./jobs.ts";

describe.each(Object.entries(JOBS))("%s", (name, job) => {
  test("is kept under its own name and comes round", () => {
    expect(job.name).toBe(name);
    const cron = new Cron(job.when, { timezone: "Asia/Shanghai", paused: true });
    const [first, second] = cron.nextRuns(2);
    // A daily one is looked at often enough to run in the night that it is for.
    expect(Number(second) - Number(first)).toBeLessThanOrEqual(60_000);
  });

  test("says in words what has not happened when it fails", () => {
    expect(job.failed).toMatch(/^[a-z].*[^.]$/);
  });
});

test("jobs that take long do not begin in the same second", () => {
  const daily = Object.values(JOBS).filter(({ dailyFrom }) => dailyFrom !== null);
  expect(new Set(daily.map(({ when }) => when)).size).toBe(daily.length);
});
