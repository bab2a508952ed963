import type { KeyUser, KeyUsersPage } from "#server/contracts/api/key-users.ts";
import type { KeyUserSort } from "#server/contracts/list-form.ts";
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
  if (isNarrowed(choice)) return [];
  const listed = new Set(list.pages.flatMap((page) => page.items.map((user) => user.userId)));
  return users.filter((user) => user.version === 1 && !listed.has(user.userId)).map((user) => user.userId);
}

/** Filters beside search and status, by their names in the address and at the API. */
export const FILTERS = ["amountFrom", "amountTo", "openCase", "editor", "changedSince"] as const;

/** How many filters narrow the list. */
export const filterCount = (choice: ListChoice): number =>
  FILTERS.filter((name) => choice[name] !== null).length;

/** Every customer who is on the list, in whichever order. */
export const WHOLE_LIST = {
  search: null,
  status: null,
  amountFrom: null,
  amountTo: null,
  openCase: null,
  editor: null,
  changedSince: null,
} as const;

/** Whether the list may be empty although somebody is on it. */
export const isNarrowed = (choice: ListChoice): boolean =>
  choice.search !== "" || choice.status === "removed" || filterCount(choice) > 0;

type Order = Pick<ListChoice, "sort" | "direction">;

/** Which way an order goes unless it is turned. */
const DOWNWARD: readonly KeyUserSort[] = ["rawPremium", "baselineAsOf", "updatedAt", "state"];
export const directionOf = ({ sort, direction }: Order): "asc" | "desc" =>
  direction ?? (DOWNWARD.includes(sort) ? "desc" : "asc");

/** The order after a press on the head of a column: by that column, its own way; by it already, the other way. */
export const pressed = (order: Order, by: KeyUserSort): Order =>
  order.sort === by ? turned(order) : { sort: by, direction: null };

/** The same order, the other way. */
export const turned = ({ sort, direction }: Order): Order => ({
  sort,
  direction: directionOf({ sort, direction }) === "asc" ? "desc" : "asc",
});

/** The query string of a choice: the list and the export ask the same. */
export function searchOf(choice: ListChoice): URLSearchParams {
  const { search, status, sort, changedSince } = choice;
  const asked = new URLSearchParams({ status, sort, direction: directionOf(choice) });
  if (search !== "") asked.set("search", search);
  for (const name of ["amountFrom", "amountTo", "openCase", "editor"] as const) {
    const value = choice[name];
    if (value !== null) asked.set(name, value);
  }
  if (changedSince !== null) asked.set("changedSince", dateText(changedSince));
  return asked;
}

/** yyyy-mm-dd, as the address has it. */
export const dateText = (date: Date): string => date.toISOString().slice(0, 10);
