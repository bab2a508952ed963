import type { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { Committed } from "../contracts/committed.ts";
import { recordActIn } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { untilNoDeadlock } from "../db/until-no-deadlock.ts";
import { AppError } from "../lib/errors.ts";
import { issueFirstAdministratorToken } from "../people/first-administrator.ts";
import { removeDemoPeople } from "./demo-people.ts";

/** Waiting for the writer's transaction under way, and for readers of the tables. */
const LONGEST_WAIT_MS = 15_000;

type Needs = Pick<Context, "config" | "db" | "demo" | "publish">;

/** There is nothing to wipe: this installation holds real data, or was wiped before, or no demo runs here. */
class NotADemo extends AppError {
  constructor(message = "This installation is not a demo (any more): its data stays.") {
    super("not_a_demo", 409, message);
  }
}

/** What a wipe leaves to do. */
export interface WipedDemo {
  /** Makes the first administrator, once (server/people/first-administrator.ts); null: there is one. */
  readonly token: string | null;
}

/**
 * Ends the demo: stops the simulator and leaves an empty system for real use. The demo's people, their links and keys go, whoever asks among
 * them; who stays without an administrator gets the one-time link in the same transaction. Other people, API keys and the
 * audit log stay. Settings, thresholds and proposals are as the product comes.
 * @throws {NotADemo}
 */
export async function wipeDemo(ctx: Needs, actor: Actor): Promise<WipedDemo> {
  if (!ctx.config.DEMO) throw new NotADemo("Only a running demo is wiped: start it with npm run demo.");
  if (!(await isDemo(ctx.db))) throw new NotADemo();
  await ctx.demo?.stop();
  const patience = { maxWait: LONGEST_WAIT_MS, timeout: LONGEST_WAIT_MS };
  const { committed, token } = await untilNoDeadlock(() =>
    ctx.db.$transaction((tx) => wipe(tx, actor), patience),
  );
  ctx.publish(committed);
  return { token };
}

async function wipe(
  tx: Prisma.TransactionClient,
  actor: Actor,
): Promise<WipedDemo & { committed: Committed }> {
  await deposeWriter(tx);
  if (!(await isDemo(tx))) throw new NotADemo();
  await clearStreams(tx);
  await clearSettings(tx);
  await removeDemoPeople(tx);
  await tx.setting.update({ where: { key: "demo" }, data: { value: false } });
  const token = await issueFirstAdministratorToken(tx);
  const details = { leavesAdministrator: token === null };
  await recordActIn(tx, { actor: actor.id, action: "demo.wipe", subject: "installation", details });
  return { committed: await commitAt(tx, async () => ({ wiped: true, keyUserIds: null })), token };
}

async function isDemo(db: Pick<Prisma.TransactionClient, "setting">): Promise<boolean> {
  const setting = await db.setting.findUnique({ where: { key: "demo" } });
  return setting?.value === true;
}

/**
 * Raises the lease's epoch: the writer, wherever it runs, can commit nothing that it holds in memory, takes the lease
 * anew and starts from what the database holds then, which is nothing.
 */
async function deposeWriter(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`UPDATE lease SET epoch = epoch + 1, holder = '', expires_at = to_timestamp(0) WHERE name = 'writer'`;
}

/** What the demo's administrators set, proposed and judged by: everybody knows their password, and a webhook of theirs would hear real notices. */
async function clearSettings(tx: Prisma.TransactionClient): Promise<void> {
  await tx.settingsVersion.deleteMany();
  await tx.proposal.deleteMany();
  await tx.alertRule.deleteMany({ where: { version: { gt: 1 } } });
}

async function clearStreams(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`TRUNCATE event_log, commit_feed, hour_figure, order_day, day_revision, day_revision_hour, late_order, last_order, personal_block, gross_order, hour_cause, last_page, dead_letter,
    delivery, outbox, occurrence, case_event, retention_case, baseline_change, key_user, key_user_import_row, key_user_import`;
  await tx.$executeRaw`UPDATE stream SET next_seq = 1, received = 0, applied = 0, superseded = 0, duplicate = 0,
    late = 0, not_key_user = 0, anonymous = 0, rejected = 0, dead_letters_replayed = 0, dead_letters_discarded = 0, unknown_fields = 0, watermark = NULL,
    last_commit_at = NULL, last_batch_size = 0, covered_position = 0`;
}
