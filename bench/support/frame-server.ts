import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

// Run as a process of its own: the least that a push can cost. Ten times a second while somebody has asked for it (a
// message with the bytes of a payload), it makes one frame and writes it to each socket.
const TICK_MS = 100;
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const sockets = new Set<Socket>();
let size = 0;

const server = createServer();
server.on("upgrade", (request, socket: Socket) => {
  const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  socket.setNoDelay(true);
  socket.on("error", () => undefined);
  socket.on("close", () => sockets.delete(socket));
  sockets.add(socket);
});
setInterval(() => {
  if (size === 0) return;
  const frame = textFrame(`{"sentAt":${Date.now()},"filling":"`.padEnd(size, "x"));
  for (const socket of sockets) socket.write(frame);
}, TICK_MS);
process.on("message", (message: { size: number }) => {
  size = message.size;
});
process.on("disconnect", () => process.exit(0));
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

/** Payloads of 126 to 65,535 bytes, as patches are. */
function textFrame(text: string): Buffer {
  const head = Buffer.from([0x81, 126, 0, 0]);
  head.writeUInt16BE(text.length, 2);
  return Buffer.concat([head, Buffer.from(text)]);
}
