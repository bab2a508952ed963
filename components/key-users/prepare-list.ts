import type { KeyUser, KeyUsersPage } from "#server/contracts/api/key-users.ts";
import type { ListChoice } from "./use-list-choice.ts";

/** Pages as TanStack Query's infinite cache keeps them. */
export interface ListPages {
  readonly pages: KeyUsersPage[];
  readonly pageParams: unknown[];
}

/** Puts the newest state of each listed user in its place: the list itself never moves. */
export function updateInPlace(list: ListPages, users: readonly KeyUser[]): ListPages {
  const newest = new Map(users.map((user) => [user.userId, user]));
  const fresher = (user: KeyUser): KeyUser => {
    const next = newest.get(user.userId);
    return next && next.version >= user.version ? next : user;
  };
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(fresher) })) };
}

/** Users who came onto the list and are not shown: they wait behind "n new — show". */
export function arrivalsOf(list: ListPages, users: readonly KeyUser[], choice: ListChoice): string[] {
  if (choice.search !== "" || choice.status === "removed") return [];
  const listed = new Set(list.pages.flatMap((page) => page.items.map((user) => user.userId)));
  return users.filter((user) => user.version === 1 && !listed.has(user.userId)).map((user) => user.userId);
}

/** The query string of a choice: the list and the export ask the same. */
export function searchOf({ search, status, sort }: ListChoice): URLSearchParams {
  return new URLSearchParams({ status, sort, ...(search === "" ? {} : { search }) });
}
