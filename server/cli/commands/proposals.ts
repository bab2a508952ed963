import type { Proposal } from "#server/contracts/api/proposals.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { createLog } from "#server/lib/log.ts";
import { refuse } from "#server/proposals/decide.ts";
import { listProposals } from "#server/proposals/list-proposals.ts";
import { cliActor } from "../actor.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { requireReason } from "../reason.ts";
import { cipherOf, settingsOf } from "../settings-of.ts";

const SHOWN = 100;

/** Acts that wait for a second administrator. Who confirms is a person with a session: here there is none. */
export const proposals: Command = {
  usage: ["proposals list", "proposals refuse ID --reason TEXT"].join("\n  "),
  summary:
    "Acts that wait for a second administrator (FOUR_EYES); they are confirmed in the web, under /admin/settings.",
  async run(context) {
    const { values, options } = parseOptions(context.args, { reason: "text" });
    const [verb, id, ...rest] = values;
    if (verb === "list" && id === undefined) return list(context);
    if (verb === "refuse" && id !== undefined && rest.length === 0) return end(context, id, options.reason);
    throw new UsageError("Say list, or refuse with the number of one proposal.");
  },
};

async function list({ database, print }: CommandContext): Promise<void> {
  const { pool } = await database();
  const page = await listProposals(
    { pool, now: Date.now },
    { id: cliActor() },
    { state: "open", limit: SHOWN },
  );
  for (const proposal of page.items) print(lineOf(proposal));
}

function lineOf({ id, act, proposedBy, proposedAt, expiresAt, told, reason }: Proposal): string {
  const words = [
    id,
    act,
    `by ${proposedBy.name} ${proposedAt}`,
    `until ${expiresAt}`,
    JSON.stringify(told),
    reason ?? "-",
  ];
  return words.join("  ").replace(/\p{C}/gu, "?");
}

async function end(
  { config, database, print }: CommandContext,
  id: string,
  reason: string | undefined,
): Promise<void> {
  const decision = { actor: { id: cliActor() }, reason: requireReason(reason) };
  const opened = await database();
  const settings = await settingsOf(config, opened);
  const time = new BusinessTime(config.BUSINESS_TIME_ZONE);
  const cipher = await cipherOf(config);
  const ctx = {
    ...opened,
    cipher,
    config,
    settings,
    time,
    now: Date.now,
    publish: () => undefined,
    log: createLog(config.LOG_LEVEL),
  };
  const { state } = await refuse(ctx, id, decision);
  print(`Proposal ${id} is ${state}.`);
}
