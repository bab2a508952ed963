import type { Setting, SettingsPatch } from "#server/contracts/api/settings.ts";
import { GUARDED_ACTS } from "#server/contracts/four-eyes.ts";
import { SETTINGS, type SettingName } from "#server/contracts/settings.ts";

/** Field by which secrets are taken away: empty, they stay as they are. */
export const TAKE_AWAY = "take-away";

/**
 * What a form changes; fields that were left alone are left out.
 * @param text what stands in a field; "" where there is none
 */
export function changesIn(
  items: readonly Setting[],
  text: (field: string) => string,
): SettingsPatch["changes"] {
  const free = items.filter(({ origin }) => origin !== "environment");
  const changes = free.flatMap((setting): [SettingName, string | null][] => {
    const entered = enteredFor(setting, text);
    return entered === undefined || same(entered, setting) ? [] : [[setting.name, entered]];
  });
  return Object.fromEntries(changes);
}

/** undefined: it stays. */
function enteredFor({ name, origin }: Setting, text: (field: string) => string): string | null | undefined {
  switch (SETTINGS[name].form) {
    case "secret":
      if (text(TAKE_AWAY) !== "") return origin === "settings" ? null : undefined;
      return text(name) === "" ? undefined : text(name);
    case "choices":
      return GUARDED_ACTS.filter((act) => text(`${name}.${act}`) !== "").join(", ") || "none";
    default:
      return text(name) === "" ? null : text(name).replace(/\r\n/g, "\n");
  }
}

/** What is as it comes is not set by being looked at. */
const same = (entered: string | null, { value, origin }: Setting): boolean =>
  entered === null ? origin !== "settings" : entered === value;
