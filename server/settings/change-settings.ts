import { type Config, ConfigError, parseConfig } from "../config/config.ts";
import type { Context } from "../context.ts";
import type { Settings, SettingsPatch } from "../contracts/api/settings.ts";
import { isSecretSetting, SETTING_NAMES, type SettingName } from "../contracts/settings.ts";
import { recordActIn } from "../db/audit.ts";
import { NOT_UNIQUE } from "../db/not-unique.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { AppError, Conflict, InvalidInput } from "../lib/errors.ts";
import { type KeptTexts, keptSettings, sealed } from "./kept-settings.ts";
import { settings, settingsHistory } from "./read-settings.ts";

export type ChangeNeeds = Pick<Context, "db" | "pool" | "cipher" | "now" | "config" | "settings">;

/** A change that could be made as things stand. */
export interface PlannedChange {
  readonly texts: KeptTexts;
  /** By name; secrets masked, null: unset. */
  readonly changes: Readonly<Record<string, Change>>;
}

/** A type, for the column takes no interface. */
type Change = { readonly before: string | null; readonly after: string | null };

/** Stands for a secret that is there. */
const MASK = "•••";

/** A variable of the environment wins over what would be set here. */
class SetByEnvironment extends AppError {
  constructor(name: string) {
    super(
      "set_by_environment",
      409,
      `The environment sets ${name}, and wins: change it where the system is started, or take it away there.`,
    );
  }
}

/**
 * What a change comes to.
 * @param version the one that the administrator saw
 * @throws {Conflict | InvalidInput | SetByEnvironment}
 */
export async function planChange(
  ctx: ChangeNeeds,
  version: number,
  given: SettingsPatch["changes"],
): Promise<PlannedChange> {
  const kept = await keptSettings(ctx);
  if (kept.version !== version) throw await tooLate(ctx);
  const names = SETTING_NAMES.filter((name) => name in given);
  const texts = { ...kept.texts };
  for (const name of names) {
    if (ctx.config.given[name] !== undefined) throw new SetByEnvironment(name);
    const text = given[name]?.trim() ?? null;
    // A calendar without a day off is a calendar; whatever else is empty is unset.
    if (text === null || (text === "" && name !== "HOLIDAYS")) delete texts[name];
    else texts[name] = text;
  }
  const moved = names.filter((name) => texts[name] !== kept.texts[name]);
  if (moved.length === 0) throw new InvalidInput("These settings are in force already.");
  requireUsable(ctx, texts);
  return {
    texts,
    changes: Object.fromEntries(
      moved.map((name) => [name, { before: shown(name, kept.texts), after: shown(name, texts) }]),
    ),
  };
}

const shown = (name: SettingName, texts: KeptTexts): string | null => {
  const text = texts[name] ?? null;
  return text !== null && isSecretSetting(name) ? MASK : text;
};

/** Read as the environment is: whatever a variable may not be, no setting can be. @throws {InvalidInput} */
function requireUsable({ config, settings: { groups } }: ChangeNeeds, texts: KeptTexts): void {
  try {
    parseConfig({ ...texts, ...config.given }, groups);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const errors = error.faults.map(faultOf);
    const [first] = errors;
    throw new InvalidInput(`${first?.field} cannot be used: ${first?.message}.`, { errors });
  }
}

function faultOf(fault: string): { readonly field: string; readonly message: string } {
  const colon = fault.indexOf(": ");
  return { field: fault.slice(0, colon), message: fault.slice(colon + 2) };
}

/**
 * Puts other settings in force, as the next version of all of them; every process reads them at its next look.
 * @param actor as audit rows name actors
 * @throws {Conflict | InvalidInput | SetByEnvironment}
 */
export async function changeSettings(
  ctx: ChangeNeeds,
  actor: string,
  version: number,
  { changes: given, reason }: SettingsPatch,
  confirmation?: Confirmation,
): Promise<Settings> {
  const { texts, changes } = await planChange(ctx, version, given);
  const values = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, sealed(ctx.cipher, name as SettingName, text)]),
  );
  const next = version + 1;
  try {
    await ctx.db.$transaction(async (tx) => {
      const createdAt = new Date(ctx.now());
      await tx.settingsVersion.create({
        data: {
          version: next,
          values,
          changes: { ...changes },
          createdAt,
          createdBy: actor,
          reason,
        },
      });
      await recordActIn(tx, {
        actor,
        action: "settings.change",
        subject: `settings ${next}`,
        details: { changes, reason, ...confirmation },
      });
    });
  } catch (error) {
    // Two saw the same version: its successor is made once.
    if ((error as { code?: string }).code === NOT_UNIQUE) throw await tooLate(ctx);
    throw error;
  }
  return settings(ctx);
}

async function tooLate(
  ctx: Pick<Context, "pool" | "cipher"> & { readonly config: Config },
): Promise<Conflict> {
  const [newest] = (await settingsHistory(ctx, { limit: 1 })).items;
  const who = newest?.createdBy.name ?? "Somebody";
  const message = `${who} changed the settings after you saw them: look at what holds now, and begin anew.`;
  return new Conflict(message, await settings(ctx));
}
