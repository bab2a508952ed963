import { setTimeout as pause } from "node:timers/promises";
import { HttpConnection } from "./http-connection.ts";

/** Requests to one address over so many connections. */
export interface Load {
  readonly address: string;
  readonly connections: number;
  /** The next request, as bytes. */
  readonly next: () => Buffer;
}

/** Requests a second when each connection sends its next request as soon as the last is answered. */
export async function saturation(load: Load, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  let answered = 0;
  const started = performance.now();
  await withConnections(load, async (connection) => {
    while (performance.now() < until) {
      await requireGood(connection, load);
      answered++;
    }
  });
  return (answered * 1_000) / (performance.now() - started);
}

/**
 * Latencies of requests that come at random moments, so many a second on average, whatever the answers do: each counts
 * from the moment at which it was due, so a server that stalls pays for all that waited. Milliseconds.
 */
export async function latenciesAt(load: Load, rate: number, seconds: number): Promise<number[]> {
  const started = performance.now();
  const until = started + seconds * 1_000;
  const latencies: number[] = [];
  let due = started;
  await withConnections(load, async (connection) => {
    for (;;) {
      due += (-Math.log(1 - Math.random()) * 1_000) / rate;
      const mine = due;
      if (mine > until) return;
      const wait = mine - performance.now();
      if (wait > 0) await pause(wait);
      // The timer's own lateness is the client's, not the server's: a free connection counts from its sending.
      const from = wait > 0 ? performance.now() : mine;
      await requireGood(connection, load);
      latencies.push(performance.now() - from);
    }
  });
  return latencies;
}

async function requireGood(connection: HttpConnection, { address, next }: Load): Promise<void> {
  const status = await connection.send(next());
  if (status !== 200) throw new Error(`${address} answered ${status}`);
}

async function withConnections(
  { address, connections }: Load,
  work: (connection: HttpConnection) => Promise<void>,
): Promise<void> {
  const opened = Array.from({ length: connections }, () => new HttpConnection(address));
  try {
    await Promise.all(opened.map(work));
  } finally {
    for (const connection of opened) connection.close();
  }
}
