import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

const TEXT = 0x1;
const MASKED = 0x80;

/** A dashboard that costs next to nothing: a bare WebSocket that hands over each text frame with its time of arrival. */
export interface LiveReader {
  send(text: string): void;
  close(): void;
}

export interface ReaderOptions {
  readonly address: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `at` is in milliseconds since the epoch, with their fractions. */
  readonly onText: (text: Buffer, at: number, reader: LiveReader) => void;
}

/** Resolves when the server has agreed to speak WebSocket. */
export function openReader({ address, path, headers, onText }: ReaderOptions): Promise<LiveReader> {
  const { hostname, port, host } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const reader: LiveReader = {
    send: (text) => socket.write(clientFrame(text)),
    close: () => socket.destroy(),
  };
  const asked = {
    host,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
    ...headers,
  };
  const lines = Object.entries(asked).map(([name, value]) => `${name}: ${value}`);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${address} closed a socket`)));
    readFrames(
      socket,
      () => resolve(reader),
      (text) => onText(text, performance.timeOrigin + performance.now(), reader),
    );
  });
}

/** Calls back once the heads of the upgrade are over, then for each whole text frame. */
function readFrames(socket: Socket, onOpen: () => void, onText: (text: Buffer) => void): void {
  let waiting: Buffer = Buffer.alloc(0);
  let isOpen = false;
  socket.on("data", (part: Buffer) => {
    waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part]);
    if (!isOpen) {
      const end = waiting.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!waiting.toString("latin1", 0, 12).endsWith("101")) return void socket.destroy();
      waiting = waiting.subarray(end + 4);
      isOpen = true;
      onOpen();
    }
    for (let frame = frameAt(waiting); frame; frame = frameAt(waiting)) {
      if ((waiting[0] ?? 0) % 16 === TEXT) onText(waiting.subarray(frame.from, frame.to));
      waiting = waiting.subarray(frame.to);
    }
  });
}

/** Where the payload of the first frame lies; null while it is not whole. A server's frames are not masked. */
function frameAt(bytes: Buffer): { from: number; to: number } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  const from = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < from) return null;
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  return bytes.length < from + length ? null : { from, to: from + length };
}

/** A short frame of a client: masked, as it must be, with a mask that changes nothing. */
function clientFrame(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x80 | TEXT, MASKED | body.length, 0, 0, 0, 0]), body]);
}
