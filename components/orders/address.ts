import { dateOfHour } from "#server/contracts/business-time.ts";
import type { ComparedWith } from "#server/contracts/compared-days.ts";
import { isBusinessDate } from "./business-date.ts";
import { asCompared } from "./compare-choice.ts";

/** What an address asks the board to show, as it is written there. */
export interface AskedAddress {
  readonly date: string | null;
  readonly with: string | null;
  readonly hour: string | null;
  readonly revision: string | null;
}

/** What is known when it is read. */
export interface AddressFacts {
  readonly today: string;
  /** The first business date with orders; null: there is none yet. */
  readonly firstDay: string | null;
  /** What this browser compared with last. */
  readonly remembered: ComparedWith;
}

/** A part of an address that cannot be honoured, and why. */
export interface Mended {
  readonly part: keyof AskedAddress;
  readonly given: string;
  readonly why:
    | "noDate"
    | "future"
    | "beforeFirst"
    | "noCompared"
    | "itself"
    | "noHour"
    | "otherDay"
    | "noRevision"
    | "openDay";
}

/** What is shown: the address, mended where it could not be honoured. */
export interface Address {
  readonly date: string;
  readonly compared: ComparedWith;
  readonly hour: string | null;
  readonly revision: number | null;
  readonly mended: readonly Mended[];
}

const HOUR = /^\d{8}([01]\d|2[0-3])$/;
const REVISION = /^[1-9]\d{0,5}$/;

/** Reads an address: what cannot be is mended and told, never an error (case of impossible dates). */
export function readAddress(asked: AskedAddress, facts: AddressFacts): Address {
  const mended: Mended[] = [];
  const hour = readHour(asked.hour, mended);
  const date = readDate(asked.date, hour, facts, mended);
  if (hour !== null && dateOfHour(hour) !== date && asked.hour !== null) {
    mended.push({ part: "hour", given: asked.hour, why: "otherDay" });
  }
  return {
    date,
    compared: readCompared(asked.with, date, facts, mended),
    hour: hour !== null && dateOfHour(hour) === date ? hour : null,
    revision: readRevision(asked.revision, date, facts, mended),
    mended,
  };
}

/** An hour names its day: without a date it is that day's board. */
function readDate(text: string | null, hour: string | null, facts: AddressFacts, mended: Mended[]): string {
  const { today, firstDay } = facts;
  const asked = text ?? (hour !== null && dateOfHour(hour) <= today ? dateOfHour(hour) : null);
  if (asked === null) return today;
  const tell = (why: Mended["why"]) => mended.push({ part: "date", given: asked, why });
  if (!isBusinessDate(asked)) {
    tell("noDate");
    return today;
  }
  if (asked > today) {
    tell("future");
    return today;
  }
  if (firstDay !== null && asked < firstDay) {
    tell("beforeFirst");
    return firstDay;
  }
  return asked;
}

function readCompared(
  text: string | null,
  date: string,
  { today, remembered }: AddressFacts,
  mended: Mended[],
): ComparedWith {
  if (text === null) return remembered;
  const compared = asCompared(text);
  const why = whyNot(compared, date, today);
  if (compared !== null && why === null) return compared;
  mended.push({ part: "with", given: text, why: why ?? "noCompared" });
  return remembered;
}

function whyNot(compared: ComparedWith | null, date: string, today: string): Mended["why"] | null {
  if (compared === null) return "noCompared";
  if (!isBusinessDate(compared)) return null;
  if (compared === date) return "itself";
  return compared > today ? "future" : null;
}

function readHour(text: string | null, mended: Mended[]): string | null {
  if (text === null) return null;
  if (HOUR.test(text) && isBusinessDate(dateOfHour(text))) return text;
  mended.push({ part: "hour", given: text, why: "noHour" });
  return null;
}

function readRevision(
  text: string | null,
  date: string,
  { today }: AddressFacts,
  mended: Mended[],
): number | null {
  if (text === null) return null;
  if (!REVISION.test(text)) mended.push({ part: "revision", given: text, why: "noRevision" });
  else if (date === today) mended.push({ part: "revision", given: text, why: "openDay" });
  else return Number(text);
  return null;
}
