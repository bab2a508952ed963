import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { bodiesOf, makeOrders } from "/work/wt/lead/bench/support/orders.ts";
import { familySeconds } from "/work/wt/lead/bench/support/processor-time.ts";
import { sendAll } from "/work/wt/lead/bench/support/sender.ts";
import { allWritten } from "/work/wt/lead/bench/support/settled.ts";
import { startSystem } from "/work/wt/lead/bench/support/system.ts";

const N = Number(process.env.N ?? 1_000_000),
  USERS = Number(process.env.USERS ?? 300_000);
function threads(pid: number) {
  const out = new Map<string, [string, number]>();
  for (const t of readdirSync(`/proc/${pid}/task`)) {
    try {
      const text = readFileSync(`/proc/${pid}/task/${t}/stat`, "utf8");
      const f = text.slice(text.lastIndexOf(")") + 2).split(" ");
      out.set(t, [
        text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")),
        (Number(f[11]) + Number(f[12])) / 100,
      ]);
    } catch {}
  }
  return out;
}
const system = await startSystem({ NODE_OPTIONS: process.env.SERVER_OPTIONS ?? "" });
const client = new pg.Client({ connectionString: system.databaseUrl });
await client.connect();
const bodies = bodiesOf(makeOrders(N, { run: 1, now: Date.now(), users: USERS }), 2000);
const before = threads(system.pid),
  db = familySeconds(system.databasePid),
  me = process.cpuUsage();
const t0 = performance.now();
await sendAll(`${system.address}/ingest/orders`, system.key, bodies, 2);
await allWritten(client);
const wall = (performance.now() - t0) / 1000;
const mine = process.cpuUsage(me);
let sum = 0;
for (const [t, [name, used]] of threads(system.pid)) {
  const d = used - (before.get(t)?.[1] ?? 0);
  sum += d;
  if (d > 0.05)
    console.log(
      name,
      t,
      t === String(system.pid) ? "main" : "",
      d.toFixed(2),
      ((d / N) * 1e6).toFixed(2),
      "µs/order",
    );
}
console.log(
  "server",
  sum.toFixed(2),
  "sender",
  ((mine.user + mine.system) / 1e6).toFixed(2),
  "db",
  (familySeconds(system.databasePid) - db).toFixed(2),
  "wall",
  wall.toFixed(1),
  "orders/s",
  (N / wall).toFixed(0),
  "orders/CPU-s",
  (N / (sum + (mine.user + mine.system) / 1e6)).toFixed(0),
);
await client.end();
await system.stop();
