import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** The message by which a client of PostgreSQL asks for a commit: `Q`, its length, the text. */
const COMMIT = Buffer.from("Q\0\0\0\u000bCOMMIT\0", "latin1");

/** A network between a system and its database that can fail in every way a network can. Loopback only. */
export interface DatabaseProxy {
  /** The database's address as seen through the proxy. */
  readonly url: string;
  /** Commits whose answer was swallowed so far. */
  swallowed(): number;
  /** From now on each commit reaches the database, with this probability its answer does not come back: both ends are cut. */
  swallowCommitAnswers(probability: () => boolean): void;
  /** Each answer of the database comes so much later, ms; 0: at once. */
  delayAnswers(ms: number): void;
  /**
   * Until `restore` nothing passes and nobody is told: connections stand, new ones are taken and not answered. Those of before and of then stay silent
   * for ever; the database never hears of their end.
   */
  fallSilent(): void;
  /** Cuts every connection, and refuses new ones until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  /** Sockets whose other end hears nothing of them any more. */
  const forgotten = new Set<Socket>();
  let isCut = false;
  let isNetworkSilent = false;
  let swallowed = 0;
  let latency = 0;
  let shallSwallow = () => false;

  const drop = (pair: readonly Socket[]) => {
    for (const socket of pair) forgotten.add(socket);
  };
  const server: Server = createServer((client) => {
    if (isCut) return void client.destroy();
    const database = connect(Number(target.port), target.hostname);
    const pair = [client, database] as const;
    pairs.add(pair);
    if (isNetworkSilent) drop(pair);
    const end = () => {
      if (forgotten.has(client)) return;
      for (const socket of pair) socket.destroy();
      pairs.delete(pair);
    };
    let isSilent = false;
    let late = 0;
    let order = Promise.resolve();
    const delay = (deliver: () => void) => {
      late += 1;
      const due = pause(latency);
      order = order
        .then(() => due)
        .then(() => {
          late -= 1;
          deliver();
        });
    };
    client.on("data", (bytes) => {
      if (forgotten.has(client)) return;
      if (bytes.includes(COMMIT) && shallSwallow()) isSilent = true;
      database.write(bytes);
    });
    const answer = (bytes: Buffer) => void (client.destroyed || client.write(bytes));
    database.on("data", (bytes) => {
      if (forgotten.has(database)) return;
      // Timers of one length end in the order in which they began; a shorter one must not overtake.
      if (!isSilent) return void (latency > 0 || late > 0 ? delay(() => answer(bytes)) : answer(bytes));
      // The database has answered, so it has committed; nobody will hear of it.
      swallowed += 1;
      end();
    });
    for (const socket of pair) socket.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);

  const cutAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  return {
    url: url.href,
    swallowed: () => swallowed,
    swallowCommitAnswers: (probability) => {
      shallSwallow = probability;
    },
    delayAnswers: (ms) => {
      latency = ms;
    },
    fallSilent: () => {
      isNetworkSilent = true;
      for (const pair of pairs) drop(pair);
    },
    cut: () => {
      isCut = true;
      cutAll();
    },
    restore: () => {
      isCut = false;
      isNetworkSilent = false;
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
