import type { Context } from "../context.ts";
import type { ListChoices } from "../contracts/api/list-file.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import { isBlank } from "../reader/fields.ts";
import { countGuess, type Guesser } from "./guess-limit.ts";
import type { RawKeyUserRow } from "./read-key-user-rows.ts";
import { type ReadList, readList } from "./read-list.ts";

type Needs = Pick<Context, "pool" | "cipher" | "now" | "time">;

/**
 * Reads a list whose answer will tell what of it stands already. One that holds names or telephones counts as a guess at them, once
 * an hour however often it is sent.
 * @throws {TooBusy} and as readList
 */
export async function readListToLookAt(
  ctx: Needs,
  guesser: Guesser,
  sent: { readonly bytes: Buffer; readonly format: BodyFormat },
  choices: Omit<ListChoices, "preview">,
): Promise<ReadList> {
  const list = await readList(sent, choices, ctx.time.zone);
  const names = holding(list.rows, "customer_name");
  const telephones = holding(list.rows, "customer_tel");
  if (names + telephones === 0) return list;
  const subject = `list ${await digestOf(ctx, sent.bytes, list)}`;
  const details = { rows: list.rows.length, names, telephones };
  await countGuess(ctx, guesser, { kind: "list", subject, details });
  return list;
}

/** Rows that have something in a column. */
function holding(rows: readonly RawKeyUserRow[], column: "customer_name" | "customer_tel"): number {
  let count = 0;
  for (const row of rows) {
    const value = "cells" in row ? row.cells[column] : null;
    if (value != null && !isBlank(value)) count += 1;
  }
  return count;
}

/** Of the bytes and how they were read. Keyed: whoever sees the audit log could else try what a short list held. */
async function digestOf({ cipher }: Needs, bytes: Buffer, { how }: ReadList): Promise<string> {
  const hash = Buffer.from(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
  return cipher.lookUp(`${hash.toString("hex")} ${JSON.stringify(how)}`, "list looked at").toString("hex");
}
