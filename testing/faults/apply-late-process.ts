/** A process of its own that applies a closed day's late orders, to be killed: `node apply-late-process.ts DATABASE SECRET DATE`. */
import pg from "pg";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { applyLateOrders } from "#server/orders/apply-late-orders.ts";

const [connectionString, secret = "", date = ""] = process.argv.slice(2);
const ctx = {
  pool: new pg.Pool({ connectionString }),
  epoch: "test",
  time: new BusinessTime("Asia/Shanghai"),
  cipher: new FieldCipher(secret),
  now: Date.now,
  publish: () => undefined,
};
const actor = { kind: "person", id: "anna", name: "Anna", role: "administrator", sessionId: "s" } as const;
await applyLateOrders(ctx, actor, { date, seen: 1, reason: "a branch was offline" });
await ctx.pool.end();
