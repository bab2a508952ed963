import { settingsPatch } from "#server/contracts/api/settings.ts";
import { isSecretSetting, isSettingName, type SettingName } from "#server/contracts/settings.ts";
import { changeSettings } from "#server/settings/change-settings.ts";
import { isChangeGuarded, requireSecondAdministrator } from "#server/settings/guards.ts";
import { proposeSettings } from "#server/settings/propose-settings.ts";
import { settings as readSettings, settingsHistory } from "#server/settings/read-settings.ts";
import { cliActor } from "../actor.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { requireReason } from "../reason.ts";
import { cipherOf, settingsOf } from "../settings-of.ts";
import { waits } from "../waits.ts";

const SHOWN = 50;

/** What administrators set, as the page under /admin/settings. */
export const settings: Command = {
  usage: [
    "settings list",
    "settings history",
    "settings set NAME VALUE [NAME VALUE …] --reason TEXT",
    "settings unset NAME [NAME …] --reason TEXT",
  ].join("\n  "),
  summary:
    "What administrators set: business hours and holidays, limits, channels, how long things are kept, four eyes. Each is written as its environment variable is, which wins.",
  async run(context) {
    const { values, options } = parseOptions(context.args, { reason: "text" });
    const [verb, ...given] = values;
    switch (verb) {
      case "list":
        return list(context);
      case "history":
        return history(context);
      case "set":
        return change(context, pairsOf(given), options.reason);
      case "unset":
        return change(context, Object.fromEntries(given.map((name) => [nameOf(name), null])), options.reason);
      default:
        throw new UsageError("Say list, history, set or unset.");
    }
  },
};

async function needsOf({ config, database }: CommandContext) {
  const opened = await database();
  const [cipher, inForce] = [await cipherOf(config), await settingsOf(config, opened)];
  return { ...opened, cipher, config, settings: inForce, now: Date.now };
}

async function list(context: CommandContext): Promise<void> {
  const { version, items } = await readSettings(await needsOf(context));
  for (const { name, value, origin } of items) {
    const shown = isSecretSetting(name) && origin !== "default" ? "(secret)" : oneLine(value ?? "");
    context.print(`${name}=${shown}  ${origin}`);
  }
  context.print(`version ${version}`);
}

async function history(context: CommandContext): Promise<void> {
  const { items } = await settingsHistory(await needsOf(context), { limit: SHOWN });
  for (const { version, createdAt, createdBy, reason, changes } of items) {
    const moved = changes.map(
      ({ name, before, after }) => `${name}: ${before ?? "unset"} → ${after ?? "unset"}`,
    );
    context.print(oneLine(`${version}  ${createdAt}  ${createdBy.name}  ${moved.join("; ")}  ${reason}`));
  }
}

/** Texts may have lines of their own, and may not steer the terminal. */
const oneLine = (text: string): string => text.replace(/\n/g, ", ").replace(/\p{C}/gu, "?");

function pairsOf(given: readonly string[]): Readonly<Partial<Record<SettingName, string>>> {
  if (given.length === 0 || given.length % 2 !== 0)
    throw new UsageError("Name settings with their values, two by two.");
  return Object.fromEntries(
    given.flatMap((name, index) => (index % 2 === 0 ? [[nameOf(name), given[index + 1]]] : [])),
  );
}

function nameOf(text: string): SettingName {
  if (isSettingName(text)) return text;
  throw new UsageError(`There is no setting "${text}": settings list names them.`);
}

async function change(context: CommandContext, changes: object, reason: string | undefined): Promise<void> {
  const patch = settingsPatch.parse({ changes, reason: requireReason(reason) });
  const needs = await needsOf(context);
  await requireSecondAdministrator(needs, patch);
  const { version } = await readSettings(needs);
  if (await isChangeGuarded(needs, patch)) {
    const { proposal } = await proposeSettings(needs, cliActor(), version, patch);
    return context.print(waits(proposal));
  }
  const after = await changeSettings(needs, cliActor(), version, patch);
  context.print(`Version ${after.version} of the settings is in force.`);
}
