import type { People, Person } from "#server/contracts/api/people.ts";

/** People of a role whose name, address or user name holds a text, whatever its case or width. */
export function peopleFound(items: readonly Person[], role: string, find: string): Person[] {
  const wanted = folded(find);
  return items.filter(
    (person) =>
      (role === "" || person.role === role) &&
      [person.name, person.email, person.username ?? ""].some((text) => folded(text).includes(wanted)),
  );
}

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().trim();

/** How many people each role has, in the server's order of roles; a role that nobody has is left out. */
export function countsByRole({ items, roles }: People): { readonly role: string; readonly count: number }[] {
  return roles
    .map(({ role }) => ({ role, count: items.filter((person) => person.role === role).length }))
    .filter(({ count }) => count > 0);
}

/** "A, B，C" as segments, each once. */
export const segmentsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，\n]/u)
      .map((each) => each.trim())
      .filter((each) => each !== ""),
  ),
];
