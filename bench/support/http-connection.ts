import { connect, type Socket } from "node:net";

/**
 * One keep-alive connection that sends requests made beforehand, one at a time, and reads no more of an answer than
 * its status and its end: the client must cost less than what it measures.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #answer: Buffer = Buffer.alloc(0);
  #settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;

  constructor(address: string) {
    const { hostname, port } = new URL(address);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on("data", (part) => this.#take(part));
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the server closed the connection")));
  }

  /** Resolves with the answer's status when all of the answer is here. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    this.#answer = this.#answer.length === 0 ? part : Buffer.concat([this.#answer, part]);
    const head = this.#answer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const heads = this.#answer.toString("latin1", 0, head);
    const length = /content-length: (\d+)/i.exec(heads)?.[1];
    const body = this.#answer.subarray(head + 4);
    const isWhole =
      length === undefined
        ? body.subarray(-5).toString("latin1") === "0\r\n\r\n"
        : body.length >= Number(length);
    if (!isWhole) return;
    this.#answer = Buffer.alloc(0);
    const settle = this.#settle;
    this.#settle = null;
    settle?.resolve(Number(heads.slice(9, 12)));
  }

  #fail(error: Error): void {
    this.#settle?.reject(error);
    this.#settle = null;
  }
}

/** A request as it goes over the wire. */
export function requestBytes(
  method: "GET" | "POST",
  path: string,
  { key, body }: { readonly key?: string; readonly body?: string } = {},
): Buffer {
  const heads = [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    ...(key === undefined ? [] : [`authorization: Bearer ${key}`]),
    ...(body === undefined
      ? []
      : ["content-type: application/x-ndjson", `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${heads.join("\r\n")}\r\n\r\n${body ?? ""}`);
}
