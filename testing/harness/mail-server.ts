import { createServer, type Server, type Socket } from "node:net";

/** A mail server for tests. */
export interface MailServer {
  readonly url: string;
  /** Commands and e-mails as they came. */
  readonly said: string[];
  /** The e-mails among them. */
  readonly mails: () => string[];
  close(): void;
}

/** Speaks just enough SMTP. @param verdict what it answers to an e-mail */
export async function startMailServer(verdict: () => string = () => "250 taken"): Promise<MailServer> {
  const said: string[] = [];
  const server: Server = createServer((socket) => converse(socket, verdict, said));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    said,
    mails: () => said.filter((line) => line.includes("Message-ID")),
    close: () => server.close(),
  };
}

function converse(socket: Socket, verdict: () => string, said: string[]): void {
  let isMail = false;
  let text = "";
  socket.write("220 mail\r\n");
  socket.on("data", (chunk) => {
    text += chunk.toString("utf8");
    for (;;) {
      const end = text.indexOf(isMail ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + (isMail ? 5 : 2));
      said.push(line);
      if (isMail) socket.write(`${verdict()}\r\n`);
      else socket.write(line === "DATA" ? "354 go on\r\n" : "250 ok\r\n");
      isMail = line === "DATA" && !isMail;
    }
  });
  socket.on("error", () => undefined); // the client hangs up as it likes
}

/** The text of a letter, however it is written on its way. */
export function textOf(letter: string): string {
  const [head = "", ...rest] = letter.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, "base64").toString();
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
