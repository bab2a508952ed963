import { SCOPES, type Scope } from "#server/access/can.ts";
import { apiKeys } from "#server/api-keys/list-keys.ts";
import { makeKey } from "#server/api-keys/make-key.ts";
import { revokeKey } from "#server/api-keys/revoke-key.ts";
import { rotateKey } from "#server/api-keys/rotate-key.ts";
import type { ApiKey } from "#server/contracts/api/api-keys.ts";
import {
  LONGEST_KEY_NAME,
  LONGEST_OVERLAP_HOURS,
  MOST_PER_MINUTE,
  USUAL_OVERLAP_HOURS,
} from "#server/contracts/key-bounds.ts";
import type { Database } from "#server/db/database.ts";
import { cliActor } from "../actor.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { optionalReason, requireReason } from "../reason.ts";

const HOUR_MS = 3_600_000;
const PAGE = 500;

/** Makes, lists, rotates and revokes keys of machines. */
export const apiKey: Command = {
  usage: [
    "api-key list",
    "api-key create --scope ingest,read [--name NAME] [--expires 90d|12h|never] [--per-minute N|none] [--reason TEXT]",
    `api-key rotate ID --reason TEXT [--overlap ${USUAL_OVERLAP_HOURS}h|7d|none]`,
    "api-key revoke ID --reason TEXT",
  ].join("\n  "),
  summary: `Keys for machines, good for 365d unless said otherwise. Scopes: ${SCOPES.join(", ")}. A rotated key goes on for the overlap.`,
  async run(context) {
    const [verb, ...rest] = context.args;
    switch (verb) {
      case "create":
        return create(context, rest);
      case "list":
        return list(context);
      case "rotate":
        return rotate(context, rest);
      case "revoke":
        return revoke(context, rest);
      default:
        throw new UsageError("Say list, create, rotate or revoke.");
    }
  },
};

/** What the same acts over HTTP are given by the running system. */
const needsOf = ({ db, pool }: Database) => ({ db, pool, now: Date.now });

async function create({ database, print }: CommandContext, args: readonly string[]): Promise<void> {
  const { options } = parseOptions(args, {
    scope: "text",
    name: "text",
    expires: "text",
    "per-minute": "text",
    reason: "text",
  });
  const asked = {
    name: nameOf(options.name ?? "command line"),
    scopes: scopesOf(options.scope),
    expiresAt: expiryOf(options.expires),
    perMinute: perMinuteOf(options["per-minute"]),
    reason: optionalReason(options.reason),
  };
  const { secret } = await makeKey(needsOf(await database()), cliActor(), asked);
  // The key alone on stdout, so that a script can take it; it is not shown again.
  print(secret);
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name !== "" && name.length <= LONGEST_KEY_NAME && !/\p{C}/u.test(name)) return name;
  throw new UsageError(`--name is one line of at most ${LONGEST_KEY_NAME} characters.`);
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

/** @returns null: it never expires; undefined: as usual */
function expiryOf(text: string | undefined): Date | null | undefined {
  if (text === undefined) return undefined;
  if (text === "never") return null;
  const hours = hoursIn(text);
  if (hours === null) throw new UsageError("--expires takes days or hours, 90d or 12h, or never.");
  return new Date(Date.now() + hours * HOUR_MS);
}

/** @returns null: it is no length of time */
function hoursIn(text: string): number | null {
  const match = /^([1-9]\d{0,4})([dh])$/.exec(text);
  return match && Number(match[1]) * (match[2] === "d" ? 24 : 1);
}

/** @returns null: as many as come; undefined: what is usual for its scopes */
function perMinuteOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === "none") return null;
  const count = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : Number.NaN;
  if (count <= MOST_PER_MINUTE) return count;
  throw new UsageError(`--per-minute takes a number up to ${MOST_PER_MINUTE}, or none.`);
}

async function list({ database, print }: CommandContext): Promise<void> {
  const needs = needsOf(await database());
  const keys: ApiKey[] = [];
  let cursor: string | undefined;
  do {
    const page = await apiKeys(needs, { limit: PAGE, ...(cursor ? { cursor } : {}) });
    keys.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  for (const key of keys.reverse()) print(lineOf(key));
}

function lineOf(key: ApiKey): string {
  const from = key.lastUsedFrom === null ? "" : ` from ${key.lastUsedFrom}`;
  const words = [
    key.id,
    key.prefix,
    key.state,
    key.scopes.join(","),
    `expires ${key.expiresAt ?? "never"}`,
    `last used ${key.lastUsedAt ?? "never"}${from}`,
    key.perMinute === null ? "no limit" : `${key.perMinute} a minute`,
    ...(key.rotatedTo === null ? [] : [`rotated to ${key.rotatedTo}`]),
    `made ${key.createdAt} by ${key.createdBy.name ?? key.createdBy.id}`,
    key.name,
  ];
  // Names are anybody's text: they may not steer the terminal.
  return words.join("  ").replace(/\p{C}/gu, "?");
}

async function rotate({ database, print }: CommandContext, args: readonly string[]): Promise<void> {
  const { values, options } = parseOptions(args, { overlap: "text", reason: "text" });
  const id = oneId(values);
  const rotation = { overlapHours: overlapOf(options.overlap), reason: requireReason(options.reason) };
  const { secret } = await rotateKey(needsOf(await database()), cliActor(), id, rotation);
  print(secret); // alone, as create does
}

function overlapOf(text = `${USUAL_OVERLAP_HOURS}h`): number {
  const hours = text === "none" ? 0 : hoursIn(text);
  if (hours !== null && hours <= LONGEST_OVERLAP_HOURS) return hours;
  throw new UsageError(`--overlap takes hours or days up to ${LONGEST_OVERLAP_HOURS}h, 24h or 7d, or none.`);
}

async function revoke({ database, print }: CommandContext, args: readonly string[]): Promise<void> {
  const { values, options } = parseOptions(args, { reason: "text" });
  const id = oneId(values);
  const reason = requireReason(options.reason);
  await revokeKey(needsOf(await database()), cliActor(), id, reason);
  print(`Revoked ${id}; senders are refused within two seconds.`);
}

function oneId([id, ...rest]: readonly string[]): string {
  if (id && rest.length === 0) return id;
  throw new UsageError("Name one key's id; api-key list shows it.");
}
