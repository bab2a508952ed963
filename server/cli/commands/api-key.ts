import { issueKey, revokeKeys } from "#server/access/api-keys.ts";
import { SCOPES, type Scope } from "#server/access/can.ts";
import { DEMO_KEY } from "#server/access/demo-key.ts";
import { INITIAL_KEY } from "#server/access/initial-key.ts";
import { cliActor } from "../actor.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { optionalReason } from "../reason.ts";

const DEFAULT_LIFE = "365d";
const LONGEST_NAME = 100;

/** Makes, lists and revokes keys of machines. */
export const apiKey: Command = {
  usage:
    "api-key create --scope ingest,read [--name NAME] [--expires 90d|12h|never] | api-key list | api-key revoke ID [--reason TEXT]",
  summary: `Keys for machines, good for ${DEFAULT_LIFE} unless said otherwise. Scopes: ${SCOPES.join(", ")}.`,
  async run(context) {
    const [verb, ...rest] = context.args;
    switch (verb) {
      case "create":
        return create(context, rest);
      case "list":
        return list(context);
      case "revoke":
        return revoke(context, rest);
      default:
        throw new UsageError("Say create, list or revoke.");
    }
  },
};

async function create({ database, print }: CommandContext, args: readonly string[]): Promise<void> {
  const { options } = parseOptions(args, { scope: "text", name: "text", expires: "text" });
  const expiresAt = expiry(options.expires ?? DEFAULT_LIFE);
  const name = nameOf(options.name ?? "command line");
  const scopes = scopesOf(options.scope);
  const { db } = await database();
  const key = await issueKey(db, { name, scopes, ...(expiresAt ? { expiresAt } : {}) }, cliActor());
  // The key alone on stdout, so that a script can take it; it is not shown again.
  print(key.secret);
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name === "" || name.length > LONGEST_NAME || /\p{C}/u.test(name)) {
    throw new UsageError(`--name is one line of at most ${LONGEST_NAME} characters.`);
  }
  if (name === DEMO_KEY || name === INITIAL_KEY) {
    throw new UsageError(`The name "${name}" is kept for a key that Tidewatch makes by itself.`);
  }
  return name;
}

function scopesOf(text: string | undefined): Scope[] {
  const names = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) throw new UsageError("Say what the key is for: --scope ingest,read");
  return names.map((name) => {
    if ((SCOPES as readonly string[]).includes(name)) return name as Scope;
    throw new UsageError(`There is no scope "${name}". Scopes: ${SCOPES.join(", ")}.`);
  });
}

/** @returns undefined: it never expires */
function expiry(text: string): Date | undefined {
  if (text === "never") return undefined;
  const match = /^([1-9]\d{0,4})([dh])$/.exec(text);
  if (!match) throw new UsageError("--expires takes days or hours, 90d or 12h, or never.");
  const hours = Number(match[1]) * (match[2] === "d" ? 24 : 1);
  return new Date(Date.now() + hours * 3_600_000);
}

async function list({ database, print }: CommandContext): Promise<void> {
  const { db } = await database();
  for (const key of await db.apiKey.findMany({ orderBy: { createdAt: "asc" } })) {
    const state = key.revokedAt
      ? "revoked"
      : key.expiresAt && key.expiresAt < new Date()
        ? "expired"
        : "valid";
    const used = key.lastUsedAt?.toISOString() ?? "never";
    const expires = key.expiresAt?.toISOString() ?? "never";
    const words = [
      key.id,
      key.prefix,
      state,
      key.scopes.join(","),
      `expires ${expires}`,
      `last used ${used}`,
    ];
    print([...words, key.name.replace(/\p{C}/gu, "?")].join("  "));
  }
}

async function revoke({ database, print }: CommandContext, args: readonly string[]): Promise<void> {
  const { values, options } = parseOptions(args, { reason: "text" });
  const [id, ...rest] = values;
  if (!id || rest.length > 0) throw new UsageError("Name one key's id; api-key list shows it.");
  const reason = optionalReason(options.reason);
  const { db } = await database();
  const count = await db.$transaction((tx) => revokeKeys(tx, { id }, cliActor(), reason));
  if (count === 0) throw new UsageError(`There is no valid key with the id ${id}.`);
  print(`Revoked ${id}; senders are refused within two seconds.`);
}
