import type { Person, PersonSession } from "#server/contracts/api/people.ts";

/** A line of `user list`. */
export function describePerson(person: Person): string {
  const sessions = `${person.sessions} session${person.sessions === 1 ? "" : "s"}`;
  const words = [person.email, person.username ?? "-", person.role ?? "-", stateOf(person), sessions];
  const ways = person.providers.length > 0 ? [`by ${person.providers.join(",")}`] : [];
  const scope = person.segments.length > 0 ? [`segments ${person.segments.join(",")}`] : [];
  return printable([...words, ...ways, ...scope, ...(person.isDemo ? ["demo"] : []), person.name].join("  "));
}

function stateOf({ state, disabledAt, link }: Person): string {
  if (state === "disabled") return `disabled since ${disabledAt}`;
  if (state === "active") return "enabled";
  return link?.isExpired ? "invited, the link has expired" : `invited until ${link?.expiresAt}`;
}

/** A line of `user sessions`. */
export function describeSession({ id, browser, system, address, since, lastSeenAt }: PersonSession): string {
  const device = [browser, system].filter(Boolean).join(" on ") || "unknown device";
  return printable([id, device, address ?? "-", `since ${since}`, `seen ${lastSeenAt}`].join("  "));
}

/** A name is anybody's text: it may not steer the terminal. */
const printable = (line: string): string => line.replace(/\p{C}/gu, "?");
