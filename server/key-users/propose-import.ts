import { z } from "zod";
import type { Context } from "../context.ts";
import type { ImportResult } from "../contracts/api/key-users.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import type { Proposed } from "../contracts/api/proposals.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { type ProposeNeeds, propose } from "../four-eyes/propose.ts";
import type { Guesser } from "./guess-limit.ts";
import { type ImportNeeds, importKeyUsers, PreviewOutdated } from "./import-key-users.ts";
import { readList } from "./read-list.ts";
import { readListToLookAt } from "./read-list-to-look-at.ts";

/** A list as it was sent, and how it is to be read: what an import is done from again. */
export const listSent = z.object({
  bytes: z.base64().transform((text) => Buffer.from(text, "base64")),
  format: z.enum(["csv", "json", "ndjson"]),
  choices: listChoices,
  skipRejected: z.boolean(),
  fileName: z.string().nullable(),
});
export type ListSent = Omit<z.output<typeof listSent>, "bytes"> & { readonly bytes: Buffer };

type Needs = ImportNeeds & Pick<Context, "time">;

/**
 * Imports it, or tells what that would do.
 * @param how.confirmation it was looked at when it was proposed: it is no guess once more
 * @throws {TooBusy} as readListToLookAt, and as importKeyUsers
 */
export async function importSent(
  ctx: Needs,
  actor: Guesser,
  { bytes, format, choices, skipRejected, fileName }: ListSent,
  { dryRun, confirmation }: { readonly dryRun: boolean; readonly confirmation?: Confirmation },
): Promise<ImportResult> {
  const { preview, ...read } = choices;
  const list = { bytes, format };
  const { rows, reading, blank, how } = confirmation
    ? await readList(list, read, ctx.time.zone)
    : await readListToLookAt(ctx, actor, list, read);
  const file = { fileName, how };
  return importKeyUsers(ctx, actor, rows, {
    dryRun,
    skipRejected,
    preview,
    reading,
    blank,
    file,
    confirmation,
  });
}

/**
 * An import for a second administrator to confirm: the file is read anew then, and does what it would do now or what its confirmer has looked at.
 * @returns what it would do, where that is nothing or not to be done
 * @throws {PreviewOutdated} it is another than its sender has looked at
 */
export async function proposeImport(
  ctx: Needs & ProposeNeeds,
  actor: Guesser,
  sent: ListSent,
): Promise<Proposed | ImportResult> {
  const told = await importSent(ctx, actor, sent, { dryRun: true });
  const { preview } = sent.choices;
  if (preview !== undefined && preview !== told.preview) throw new PreviewOutdated(told);
  const isRefused = told.refused > 0 && !sent.skipRejected;
  if (isRefused || told.added + told.changed === 0) return told;
  const choices = { ...sent.choices, preview: told.preview };
  const payload = { ...sent, bytes: sent.bytes.toString("base64"), choices };
  const { added, changed, unchanged, conflicting, refused } = told;
  // The preview tells one file from another of the same name and counts.
  const shown = {
    file: sent.fileName,
    ...{ added, changed, unchanged, conflicting, rejected: refused, preview: told.preview },
  };
  return propose(ctx, actor.id, { act: "list", payload, told: shown, reason: null });
}
