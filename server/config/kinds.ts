import { existsSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { readOpenHours, readSpecialDays } from "../contracts/business-calendar.ts";
import { isRefusedByBrowsers } from "../lib/browser-ports.ts";
import { isNetwork } from "../lib/networks.ts";
import { LONGEST_PASSWORD, normalPassword, SHORTEST_PASSWORD } from "../lib/password-form.ts";

/** Kinds of values of environment variables. Messages say how to write one and never repeat what was written; none is zod's own. */

const DAY_MS = 86_400_000;
/** A hundred years: what is longer is a mistake, and its end is no date any more. */
const LONGEST_MS = 36_500 * DAY_MS;

/** Digits alone: `Number` would also read `0x50`, `1e3` and a blank. */
export const whole = (least: number, most: number) =>
  numberWritten(/^\d+$/, "write a whole number in digits", least, most);

export const decimal = (least: number, most: number) =>
  numberWritten(/^\d+(\.\d+)?$/, "write a number: 60 or 1.5", least, most);

/** Any number of digits is a number: one of too many may be infinite here, and is too large all the same. */
const numberWritten = (form: RegExp, how: string, least: number, most: number) =>
  z
    .string()
    .regex(form, how)
    .transform(Number)
    .refine((number) => number >= least, `write ${least} or more`)
    .refine((number) => number <= most, `write ${most} or less`);

/** As long as every password may be; whether it is a common one is seen when the person is made. */
export const password = z.string().refine((given) => {
  const { length } = [...normalPassword(given)];
  return length >= SHORTEST_PASSWORD && length <= LONGEST_PASSWORD;
}, `write ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`);

export const flag = oneOf(["0", "1"]).transform((text) => text === "1");

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const all = words.join(", ").replace(/, (?=[^,]+$)/, " or ");
  return z.enum(words, `write ${all}`);
}

/** Text that guards something: shorter is guessed. */
export const longText = (least: number) => z.string().min(least, `write ${least} characters or more`);

export const email = z.email("write an e-mail address: ada@example.com");

/** Durations are written as a number with a unit: 30d, 12h, 15m, 10s, 500ms. Milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, "write a number with a unit: 30d, 12h, 15m, 10s or 500ms")
  .transform((text) => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS } as const;
    return Number.parseInt(text, 10) * units[text.replace(/^\d+/, "") as keyof typeof units];
  })
  .refine((ms) => ms <= LONGEST_MS, "write 36500d or less");

/** How long something is kept: nothing goes on the day that it came. */
export const keeping = duration.refine((ms) => ms === 0 || ms >= DAY_MS, "write 1d or more, or 0d for ever");

/** The same for what shall show who did what: long enough that somebody looks. */
export const keepingEvidence = duration.refine(
  (ms) => ms === 0 || ms >= 30 * DAY_MS,
  "write 30d or more, or 0d for ever",
);

export const list = z
  .string()
  .transform((text) => text.split(/[,\n]/))
  .transform((entries) => entries.map((entry) => entry.trim()).filter((entry) => entry !== ""));

/** Zones by their names in the IANA list. PostgreSQL would read `+08:00` the other way round. */
export const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}, "write the name of a zone of the IANA list: Asia/Shanghai");

/** An address to listen on, or a name for one. */
export const host = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || (/^(?!-)[a-z\d.-]+$/i.test(text) && /[a-z]/i.test(text)),
    "write an address or a host name alone: 0.0.0.0, 127.0.0.1, :: or localhost",
  );

/** A folder that is there or can be made: the nearest thing on its path that exists is no file. */
export const folder = z.string().refine((path) => {
  let at = resolve(path);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return statSync(at).isDirectory();
}, "there is a file where the folder should be; name another folder, or move the file away");

/** Scheme, host and port; whatever else it names would be lost in links, cookies and sockets. In its shortest form. */
export const origin = z.string().transform((text, context) => {
  const url = URL.parse(text);
  const whole = url && /^https?:$/.test(url.protocol) && !/[?#]/.test(text) ? url : null;
  if (whole && (whole.port === "0" || isRefusedByBrowsers(Number(whole.port)))) {
    context.addIssue("browsers refuse to open this port");
    return z.NEVER;
  }
  if (whole?.pathname === "/" && whole.username === "" && whole.password === "") return whole.origin;
  context.addIssue(
    "write scheme, host and port alone, without path, query, fragment or user: https://tidewatch.example.com",
  );
  return z.NEVER;
});

export const network = z
  .string()
  .refine(isNetwork, "write addresses or networks: 10.0.0.5, 10.1.0.0/16 or fd00::/8");

/** An address with a host, and escapes that are text: what connects later reads them. */
export const addressOf = (schemes: readonly string[], isHostNeeded: (url: URL) => boolean = () => true) =>
  z.string().refine((text) => {
    const url = URL.parse(text);
    if (!url || !schemes.includes(url.protocol.slice(0, -1))) return false;
    return isDecodable(url) && (url.hostname !== "" || !isHostNeeded(url));
  }, `write a URL with a host: ${schemes[0]}://…`);

function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    decodeURIComponent(username + password + pathname);
    return true;
  } catch {
    return false;
  }
}

/** `ada@example.com`, or `Ada <ada@example.com>`. */
export const sender = z.string().refine((text) => {
  const [, inside] = /^[^<>\r\n]*<([^<>]+)>$/.exec(text.trim()) ?? [];
  return z.email().safeParse(inside ?? text.trim()).success;
}, "write an e-mail address, or a name with one: Tidewatch <alerts@example.com>");

/** Rules of server/contracts/business-calendar.ts. */
export const openHours = z.string().transform((text, context) => {
  const hours = readOpenHours(text);
  if (hours) return hours;
  context.addIssue(
    "write weekdays with hours, separated by commas: Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00",
  );
  return z.NEVER;
});

export const specialDays = z.string().transform((text, context) => {
  const days = readSpecialDays(text);
  if (days) return days;
  context.addIssue(
    "write a day or days a line, or between commas: 2026-10-01..2026-10-07 National Day; a + before a day that is worked: +2026-10-10",
  );
  return z.NEVER;
});

/** Some of a few words, between commas; none: an empty list is written as the word none. */
export function someOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const how = `write some of ${words.join(", ")}, separated by commas, or none`;
  return list.pipe(
    z
      .array(z.string())
      .transform((given) => (given.length === 1 && given[0] === "none" ? [] : given))
      .pipe(z.array(z.enum(words, how))),
  );
}
