import type { ImportEntry } from "#server/contracts/api/key-user-imports.ts";
import { undoResult } from "#server/contracts/api/key-user-imports.ts";
import { importLog } from "#server/key-users/import-log.ts";
import { undoImport } from "#server/key-users/undo-import.ts";
import { cliActor } from "../actor.ts";
import { type CommandContext, UsageError } from "../command.ts";
import { runningServer } from "../running-server.ts";
import { askServer } from "./ask-server.ts";

/** Entries that `key-users imports` prints. */
const LISTED = 50;

/** `key-users imports`: the newest entries of the import log, one a line. */
export async function printImports({ database, print }: CommandContext): Promise<void> {
  const { items } = await importLog(await database(), { limit: LISTED });
  if (items.length === 0) return print("Nothing was imported yet.");
  for (const entry of items) print(lineOf(entry));
}

function lineOf({ id, at, actor, fileName, undoes, undone, ...counts }: ImportEntry): string {
  const { added, changed, removed, conflicts, rejected, unchanged } = counts;
  const head = `#${id}  ${at}  ${actor}`;
  if (undoes !== null) {
    return `${head}  undo of #${undoes}: ${changed} went back, ${removed} left the list, ${conflicts} were changed since and stay`;
  }
  const actions = `${added} added, ${changed} changed, ${unchanged} unchanged, ${rejected} refused`;
  const end = undone ? `; undone by ${undone.actor} (#${undone.id})` : "";
  return `${head}  ${fileName ?? "(no name)"}: ${actions}${end}`;
}

export interface UndoOptions {
  readonly "dry-run"?: boolean | undefined;
  readonly reason?: string | undefined;
}

/** `key-users undo ID`: prints what went back and what was left. */
export async function undoList(
  { config, database, print }: CommandContext,
  given: string,
  { "dry-run": dryRun = false, reason }: UndoOptions,
): Promise<void> {
  const importId = given.replace(/^#/, "");
  if (!/^\d+$/.test(importId))
    throw new UsageError("Name the import by its number: key-users imports lists them.");
  const opened = await database();
  const server = await runningServer(config, opened);
  const ctx = { pool: opened.pool, now: Date.now, publish: () => undefined };
  const result =
    server === null
      ? await undoImport({ ctx, actor: { id: cliActor() } }, importId, { dryRun, reason })
      : undoResult.parse(
          await askServer(server, opened, {
            path: `/api/v1/key-users/imports/${importId}/undo?dryRun=${dryRun}`,
            type: "application/json",
            body: JSON.stringify(reason === undefined ? {} : { reason }),
            name: "cli key-users undo",
          }),
        );
  print(JSON.stringify(result));
}
