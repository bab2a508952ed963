import { afterEach, expect, test } from "vitest";
import { aNotice } from "#testing/factories/notices.ts";
import { type MailServer, startMailServer, textOf } from "#testing/harness/mail-server.ts";
import { createEmail } from "./email.ts";

let mail: MailServer | undefined;
afterEach(() => mail?.close());

const email = (url: string, language: "en" | "zh") =>
  createEmail({
    smtpUrl: url,
    from: "tidewatch@example.com",
    to: ["lin@example.com", "he@example.com"],
    language,
    publicUrl: "https://tidewatch.example.com",
    zone: "Asia/Shanghai",
  });

test("a letter goes to every receiver, its key is its Message-ID", async () => {
  mail = await startMailServer();
  await email(mail.url, "en").send(aNotice());
  expect(mail.said.filter((line) => line.startsWith("RCPT"))).toEqual([
    "RCPT TO:<lin@example.com>",
    "RCPT TO:<he@example.com>",
  ]);
  const [letter = ""] = mail.mails();
  expect(letter).toContain("Message-ID: <alert_1@tidewatch>");
  expect(letter).toContain("Subject: New case: customer 7, CNY 277.51 at risk");
  expect(letter).toContain("https://tidewatch.example.com/retention/3");
});

test("in Chinese", async () => {
  mail = await startMailServer();
  await email(mail.url, "zh").send(aNotice({ kind: "regressed" }));
  const [letter = ""] = mail.mails();
  const text = textOf(letter);
  expect(text).toContain("客户 7 的保额从 850.00 元变为 722.49 元。");
  expect(text).toContain("发生时间：2026年11月22日 12:00 (Asia/Shanghai)");
});

test("a letter that was not taken is no delivery, and its reason repeats no address", async () => {
  mail = await startMailServer(() => "550 lin@example.com is unknown");
  await expect(email(mail.url, "en").send(aNotice())).rejects.toThrow(
    /^not taken by the mail server \(EMESSAGE 550\)$/,
  );
});
