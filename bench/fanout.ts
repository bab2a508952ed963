import { setTimeout as pause } from "node:timers/promises";
import { makeSessions } from "../testing/factories/sessions.ts";
import { percentile, short } from "./support/figures.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { startHelper } from "./support/helper.ts";
import { type LiveReader, openReader } from "./support/live-reader.ts";
import { makeOrders } from "./support/orders.ts";
import { PERSON } from "./support/person.ts";
import type { Outcome } from "./support/report.ts";
import { sendAll } from "./support/sender.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const PAIRS = 5;
const SOCKETS = 2_000;
/** A session holds 20 at most. */
const SOCKETS_OF_SESSION = 10;
const SECRET_KEY = "secret of the benchmarks, one run long";
const AT_ONCE = 50;
const PATCHES = 50;
const TICK_MS = 100;
const SENT_AT = /"sentAt":(\d+)/;
const LIVE = "/live/?EIO=4&transport=websocket";

/** What the sockets received while it was listened to. */
class Arrivals {
  latencies: number[] = [];
  bytes = 0;
  take(text: Buffer, at: number): void {
    const sentAt = SENT_AT.exec(text.toString("latin1", 0, 300))?.[1];
    if (sentAt === undefined) return;
    this.latencies.push(at - Number(sentAt));
    this.bytes = text.length;
  }
}

/** p99 from sending a patch to its arrival at 2,000 sockets, against a bare server that writes one prepared frame to as many. */
export async function fanout(): Promise<Outcome> {
  const system = await startSystem({ ...PERSON, SECRET_KEY });
  const bare = await startHelper("frame-server.ts");
  const [ours, theirs] = [new Arrivals(), new Arrivals()];
  const readers: LiveReader[] = [];
  try {
    readers.push(...(await openDashboards(system, ours)));
    readers.push(...(await openBare(bare.address, theirs)));
    const pairs: Pair[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const mine = await listen(ours, () => patches(system, pair));
      const other = await listen(theirs, async () => {
        bare.process.send({ size: ours.bytes });
        await pause(PATCHES * TICK_MS);
        bare.process.send({ size: 0 });
      });
      if (pair === 0) continue; // warms up
      pairs.push({ ours: mine, against: other });
      console.log(
        `  pair ${pair}: p99 ${short(mine)} ms, bare frames of ${ours.bytes} bytes ${short(other)} ms`,
      );
    }
    const sides = { unit: "ms", ours: "p99 of patches", against: "p99 of bare frames" };
    return [comparison("fanout", { ...sides, target: { atMost: 1.5 } }, pairs)];
  } finally {
    for (const reader of readers) reader.close();
    await bare.stop();
    await system.stop();
  }
}

/** Socket.IO's protocol at its least: join, and answer the server's pings. */
async function openDashboards(system: RunningSystem, arrivals: Arrivals): Promise<LiveReader[]> {
  const by = { databaseUrl: system.databaseUrl, secretKey: SECRET_KEY, email: PERSON.INIT_ADMIN_EMAIL };
  const cookies = await makeSessions(by, SOCKETS / SOCKETS_OF_SESSION);
  let opened = 0;
  const open = await openMany(() =>
    openReader({
      address: system.address,
      path: LIVE,
      headers: { cookie: cookies[opened++ % cookies.length] ?? "", origin: system.address },
      onText: (text, at, reader) => {
        if (text[0] === 0x30) reader.send("40");
        else if (text[0] === 0x32 && text.length === 1) reader.send("3");
        else arrivals.take(text, at);
      },
    }),
  );
  await pause(1_000); // the last ones join their rooms
  return open;
}

const openBare = (address: string, arrivals: Arrivals): Promise<LiveReader[]> =>
  openMany(() => openReader({ address, path: "/", onText: (text, at) => arrivals.take(text, at) }));

async function openMany(open: () => Promise<LiveReader>): Promise<LiveReader[]> {
  const readers: LiveReader[] = [];
  while (readers.length < SOCKETS)
    readers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, open))));
  return readers;
}

/** A commit each tick, hence a patch each tick. */
async function patches(system: RunningSystem, run: number): Promise<void> {
  const orders = makeOrders(PATCHES, { run, now: Date.now(), users: 1_000_000 });
  for (const order of orders) {
    const due = pause(TICK_MS);
    await sendAll(`${system.address}/ingest/orders`, system.key, [Buffer.from(JSON.stringify(order))], 1);
    await due;
  }
}

/** Half of the ticks may go together on a busy machine; fewer arrivals than that mean that sockets were left out. */
const FEWEST = SOCKETS * PATCHES * 0.5;

/** p99 of what arrives during the work and shortly after it. @throws when sockets were left out */
async function listen(arrivals: Arrivals, work: () => Promise<void>): Promise<number> {
  arrivals.latencies = [];
  await work();
  await pause(500);
  if (arrivals.latencies.length < FEWEST) {
    throw new Error(`only ${arrivals.latencies.length} of ${SOCKETS * PATCHES} patches arrived`);
  }
  return percentile(arrivals.latencies, 0.99);
}
