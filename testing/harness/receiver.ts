import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly key: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

/** How a receiver answers a request that it has read. */
export type Manner = (request: Received, response: ServerResponse) => void;

export const takes: Manner = (_, response) => void response.writeHead(204).end();
export const answers =
  (status: number, headers: Record<string, string> = {}): Manner =>
  (_, response) =>
    void response.writeHead(status, headers).end();
export const staysSilent: Manner = () => undefined;
export const hangsUp: Manner = (_, response) => void response.destroy();

/** A webhook's other side, over a real socket. */
export interface Receiver {
  readonly url: string;
  /** In order of arrival, answered or not. */
  readonly received: Received[];
  /** How it answers from now on. */
  behave(manner: Manner): void;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let manner = takes;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const header = (name: string) => String(request.headers[`webhook-${name}`] ?? "");
      const told = {
        key: header("id"),
        timestamp: header("timestamp"),
        signature: header("signature"),
        body,
      };
      received.push(told);
      manner(told, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    behave: (next) => {
      manner = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
