import type { Duplex } from "node:stream";
import { EVERY_HEADER } from "./every-header.ts";

const WORDS = {
  400: ["Bad Request", "bad_request", "This is no HTTP request that can be read."],
  403: ["Forbidden", "forbidden", "Connections are taken from Tidewatch's own pages only."],
  408: ["Request Timeout", "too_slow", "The request did not come in time; send it again."],
  417: ["Expectation Failed", "bad_expectation", "Nothing but 100-continue can be expected."],
  431: ["Request Header Fields Too Large", "headers_too_large", "The headers are larger than 16 KiB."],
} as const;

/** Answers a connection on which there is no response to write to, and ends it. */
export function endWith(socket: Duplex, status: keyof typeof WORDS): void {
  if (!socket.writable) return void socket.destroy();
  const [title, code, detail] = WORDS[status];
  const body = JSON.stringify({ type: "about:blank", title, status, detail, code });
  const headers = {
    ...EVERY_HEADER,
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const destroy = () => socket.destroy();
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join("\r\n")}\r\n\r\n${body}`, destroy);
}
