import { issueKey } from "../../access/api-keys.ts";
import { SCOPES, type Scope } from "../../access/can.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

/** Makes, lists and revokes keys of machines. */
export const apiKey: Command = {
  usage:
    "api-key create --scope ingest,read [--name NAME] [--expires 30d] | api-key list | api-key revoke ID",
  summary: `Keys for machines. Scopes: ${SCOPES.join(", ")}.`,
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
  const expiresAt = expiry(options.expires);
  const { db } = await database();
  const key = await issueKey(db, {
    name: options.name ?? "command line",
    scopes: scopesOf(options.scope),
    ...(expiresAt ? { expiresAt } : {}),
  });
  // The key alone on stdout, so that a script can take it; it is not shown again.
  print(key.secret);
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

function expiry(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,5})([dh])$/.exec(text);
  if (!match) throw new UsageError("--expires takes days or hours: 30d, 12h");
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
    print([key.id, key.prefix, state, key.scopes.join(","), `last used ${used}`, key.name].join("  "));
  }
}

async function revoke({ database, print }: CommandContext, args: readonly string[]): Promise<void> {
  const [id] = args;
  if (!id) throw new UsageError("Name the key's id; api-key list shows it.");
  const { db } = await database();
  const { count } = await db.apiKey.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw new UsageError(`There is no valid key with the id ${id}.`);
  print(`Revoked ${id}; senders are refused within two seconds.`);
}
