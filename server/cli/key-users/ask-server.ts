import { issueKey, revokeKeys } from "#server/access/api-keys.ts";
import type { Database } from "#server/db/database.ts";
import { AppError } from "#server/lib/errors.ts";
import { cliActor } from "../actor.ts";

const KEY_LIFE_MS = 3_600_000;

export interface Ask {
  readonly path: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** What the passing key is called, in the log and in audit rows. */
  readonly name: string;
}

/** Lets the running server do it, so that its screens hear of it; with a key that lives as long as the question. @throws {AppError} */
export async function askServer(server: string, { db }: Database, ask: Ask): Promise<unknown> {
  const expiresAt = new Date(Date.now() + KEY_LIFE_MS);
  const key = await issueKey(db, { name: ask.name, scopes: ["key-users"], expiresAt }, cliActor());
  try {
    const response = await fetch(`${server}${ask.path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key.secret}`, "content-type": ask.type },
      body: ask.body,
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw new AppError("refused", response.status, String((answer as { detail?: string }).detail));
  } finally {
    await db.$transaction((tx) => revokeKeys(tx, { id: key.id }, cliActor(), "the command has ended"));
  }
}
