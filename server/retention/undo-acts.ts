import type { z } from "zod";
import { Prisma } from "#prisma/client/client.ts";
import type { Actor } from "../access/can.ts";
import { dataScopeOf, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { UndoAnswer, UndoRefusal, undoBody } from "../contracts/api/retention.ts";
import { DECISION_ENTRIES, UNDO_ENTRY, UNDO_UNTIL_MS } from "../contracts/cases.ts";
import type { Committed } from "../contracts/committed.ts";
import { recordActIn } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { NOT_UNIQUE } from "../db/not-unique.ts";
import { NotFound } from "../lib/errors.ts";
import { caseSummaries } from "./case-summaries.ts";
import { lockCase } from "./lock-case.ts";
import { type Triage, undo } from "./undo.ts";

type Needs = Pick<Context, "db" | "pool" | "cipher" | "now" | "publish">;
type Act = z.infer<typeof undoBody>["acts"][number];
type Person = UndoAnswer["items"][number]["by"];

/** Undone, or left as it is. */
type Outcome = { readonly committed: Committed } | { readonly refused: UndoRefusal; readonly by?: Person };

/**
 * Undoes what a person has just decided, act by act, each in a transaction of its own (rule W2). An act that cannot be undone is
 * left and named; the others are not held up.
 * @throws {NotFound} one of the cases does not exist: nothing is undone
 */
export async function undoActs(ctx: Needs, actor: Actor, acts: readonly Act[]): Promise<UndoAnswer> {
  await requireCases(ctx, actor, acts);
  const outcomes: Outcome[] = [];
  for (const act of acts) outcomes.push(await undoAct(ctx, actor, act));
  const summaries = await caseSummaries(ctx, [...new Set(acts.map((act) => BigInt(act.case)))]);
  const byId = new Map(summaries.map((summary) => [BigInt(summary.id), summary]));
  return {
    items: outcomes.map((outcome, index) => {
      const summary = byId.get(BigInt(acts[index]?.case ?? 0));
      if (!summary) throw new NotFound("There is no such case.");
      if ("committed" in outcome) return { case: summary, refused: null, by: null };
      return { case: summary, refused: outcome.refused, by: outcome.by ?? null };
    }),
  };
}

async function requireCases(ctx: Needs, actor: Actor, acts: readonly Act[]): Promise<void> {
  const ids = [...new Set(acts.map((act) => BigInt(act.case)))];
  const values: unknown[] = [ids];
  const own = scopeCondition(dataScopeOf(actor), "c.user_id", (value) => `$${values.push(value)}`);
  const { rows } = await ctx.pool.query<{ found: number }>(
    `SELECT count(*)::int AS found FROM retention_case c WHERE ${["c.id = ANY ($1)", ...own].join(" AND ")}`,
    values,
  );
  if ((rows[0]?.found ?? 0) < ids.length) throw new NotFound("There is no such case.");
}

async function undoAct(ctx: Needs, actor: Actor, act: Act): Promise<Outcome> {
  const outcome = await ctx.db
    .$transaction((tx) => execute(tx, ctx, actor, act))
    .catch((error: { code?: string }): Outcome => {
      if (error.code === NOT_UNIQUE) return { refused: "other_case" }; // rule K8
      throw error;
    });
  if ("committed" in outcome) ctx.publish(outcome.committed);
  return outcome;
}

async function execute(tx: Prisma.TransactionClient, ctx: Needs, actor: Actor, act: Act): Promise<Outcome> {
  const current = await lockCase(tx, String(BigInt(act.case)), dataScopeOf(actor));
  const at = new Date(ctx.now());
  const entry = await tx.caseEvent.findFirst({
    where: { id: BigInt(act.entry), caseId: current.id, actor: actor.id, before: { not: Prisma.DbNull } },
  });
  if (!entry) return { refused: "not_yours" };
  if (at.getTime() > entry.at.getTime() + UNDO_UNTIL_MS) return { refused: "too_late" };
  const since = await tx.caseEvent.findMany({
    where: { caseId: current.id, id: { gt: entry.id } },
    orderBy: { id: "desc" },
  });
  const decision = since.find(({ actor: by, kind }) => by !== null && isDecided(kind));
  if (decision) return { refused: "acted_since", by: await personOf(tx, decision.actor ?? "") };

  const before = entry.before as Triage;
  const columns = undo(
    before,
    current,
    since.some(({ actor: by }) => by === null),
  );
  if (typeof columns === "string") return { refused: columns };
  await tx.retentionCase.update({
    where: { id: current.id },
    data: { ...columns, version: { increment: 1 }, updatedAt: at },
  });
  // A close has let the customer's anchor go (rule K5); the greater of both is what it would have been.
  if (entry.kind === "closed" && before.anchor !== null) {
    await tx.$executeRaw`UPDATE key_user SET anchor = greatest(anchor, ${before.anchor}::numeric) WHERE user_id = ${current.user_id}`;
  }
  await recordActIn(tx, {
    actor: actor.id,
    action: `retention.${UNDO_ENTRY}`,
    subject: `case ${current.id}`,
    details: { version: current.version, act: entry.kind },
  });
  // The key-user list shows who has an open case.
  const keyUserIds = [String(current.user_id)];
  const data = { caseId: current.id, at, actor: actor.id, kind: UNDO_ENTRY, body: { act: entry.kind } };
  const committed = await commitAt(tx, async (position) => {
    await tx.caseEvent.create({ data: { ...data, position } });
    return { caseIds: [current.id], keyUserIds };
  });
  return { committed };
}

const isDecided = (kind: string): boolean => (DECISION_ENTRIES as readonly string[]).includes(kind);

async function personOf(tx: Prisma.TransactionClient, id: string): Promise<Person> {
  const found = await tx.user.findUnique({ where: { id }, select: { name: true } });
  return { id, name: found?.name ?? id };
}
