import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { aNotice } from "#testing/factories/notices.ts";
import { createEmail } from "./email.ts";

interface MailServer {
  readonly url: string;
  /** Commands and letters as they came. */
  readonly said: string[];
  close(): void;
}

let mail: MailServer | undefined;
afterEach(() => mail?.close());

/** Speaks just enough SMTP. @param verdict what it answers to a letter */
async function startMailServer(verdict = "250 taken"): Promise<MailServer> {
  const said: string[] = [];
  const server: Server = createServer((socket) => converse(socket, verdict, said));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, said, close: () => server.close() };
}

function converse(socket: Socket, verdict: string, said: string[]): void {
  let isLetter = false;
  let text = "";
  socket.write("220 mail\r\n");
  socket.on("data", (chunk) => {
    text += chunk.toString("utf8");
    for (;;) {
      const end = text.indexOf(isLetter ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + (isLetter ? 5 : 2));
      said.push(line);
      if (isLetter) socket.write(`${verdict}\r\n`);
      else socket.write(line === "DATA" ? "354 go on\r\n" : "250 ok\r\n");
      isLetter = line === "DATA" && !isLetter;
    }
  });
  socket.on("error", () => undefined); // the client hangs up as it likes
}

const email = (url: string, language: "en" | "zh") =>
  createEmail({
    smtpUrl: url,
    from: "tidewatch@example.com",
    to: ["lin@example.com", "he@example.com"],
    language,
    publicUrl: "https://tidewatch.example.com",
  });

test("a letter goes to every receiver, its key is its Message-ID", async () => {
  mail = await startMailServer();
  await email(mail.url, "en").send(aNotice());
  expect(mail.said.filter((line) => line.startsWith("RCPT"))).toEqual([
    "RCPT TO:<lin@example.com>",
    "RCPT TO:<he@example.com>",
  ]);
  const letter = mail.said.find((line) => line.includes("Message-ID")) ?? "";
  expect(letter).toContain("Message-ID: <alert_1@tidewatch>");
  expect(letter).toContain("Subject: New case: customer 7, CNY 277.51 at risk");
  expect(letter).toContain("https://tidewatch.example.com/retention/3");
});

test("in Chinese", async () => {
  mail = await startMailServer();
  await email(mail.url, "zh").send(aNotice({ kind: "regressed" }));
  const letter = mail.said.find((line) => line.includes("Message-ID")) ?? "";
  const [, body = ""] = letter.split("\r\n\r\n");
  expect(Buffer.from(body, "base64").toString("utf8")).toContain("客户 7 的保额从 850.00 元变为 722.49 元。");
});

test("a letter that was not taken is no delivery, and its reason repeats no address", async () => {
  mail = await startMailServer("550 lin@example.com is unknown");
  await expect(email(mail.url, "en").send(aNotice())).rejects.toThrow(
    /^not taken by the mail server \(EMESSAGE 550\)$/,
  );
});
