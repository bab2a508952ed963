import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aNotice } from "#testing/factories/notices.ts";
import { answers, hangsUp, type Receiver, startReceiver, staysSilent } from "#testing/harness/receiver.ts";
import { createWebhook } from "./webhook.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const webhook = (given: { allowPrivate?: boolean; url?: string; timeoutMs?: number } = {}) =>
  createWebhook({
    url: receiver.url,
    secret: SECRET,
    allowPrivate: true,
    publicUrl: "https://tidewatch.example.com",
    now: () => 1_614_265_330_999,
    ...given,
  });

test("a notice is posted whole, signed, under its key", async () => {
  await webhook().send(aNotice());
  const [told] = receiver.received;
  expect(told).toMatchObject({ key: "alert_1", timestamp: "1614265330" });
  const signed = `alert_1.1614265330.${told?.body}`;
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  expect(told?.signature).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  expect(JSON.parse(told?.body ?? "")).toEqual({
    type: "retention.case.opened",
    timestamp: "2026-11-22T04:00:01.000Z",
    data: {
      caseId: "3",
      userId: "7",
      occurrenceId: "1",
      rules: ["step", "cumulative"],
      ruleVersion: 1,
      baselineBefore: "850.00",
      anchor: "1000.00",
      amountNow: "722.49",
      premiumAtRisk: "277.51",
      eventTime: "2026-11-22T04:00:00.000Z",
      url: "https://tidewatch.example.com/retention/3",
    },
  });
});

describe("what is no delivery", () => {
  test.each([
    ["a server error", answers(500), "answered 500", {}],
    ["a refusal", answers(410), "answered 410", {}],
    [
      "a redirect, which is not followed",
      answers(302, { location: "http://127.0.0.1:9/" }),
      "answered 302",
      {},
    ],
    ["silence", staysSilent, "no answer within 300 ms", { timeoutMs: 300 }],
    ["a connection that breaks", hangsUp, "socket hang up", {}],
  ])("%s", async (_, manner, reason, given) => {
    receiver.behave(manner);
    await expect(webhook(given).send(aNotice())).rejects.toThrow(reason);
    expect(receiver.received).toHaveLength(1);
  });

  test("a receiver that is not there", async () => {
    receiver.close();
    await expect(webhook().send(aNotice())).rejects.toThrow("ECONNREFUSED");
  });
});

describe("Security 11: scheme and address are judged when it is sent", () => {
  test.each([
    ["http://example.com/", "not https"],
    ["https://127.0.0.1/", "not public"],
    ["https://localhost/", "not public"],
    ["https://[::ffff:169.254.169.254]/", "not public"],
  ])("%s is refused: %s", async (url, reason) => {
    await expect(webhook({ url, allowPrivate: false }).send(aNotice())).rejects.toThrow(reason);
  });
});
