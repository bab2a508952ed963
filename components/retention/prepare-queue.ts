import type { CaseSummary, CasesPage } from "#server/contracts/api/retention.ts";
import { NEEDS_SOMEBODY } from "#server/contracts/cases.ts";
import type { DeskChoice } from "./use-desk-choice.ts";

/** Pages as TanStack Query's infinite cache keeps them. */
export interface QueuePages {
  readonly pages: CasesPage[];
  readonly pageParams: unknown[];
}

/** Whether a case belongs to what the desk shows. */
export function matches(
  each: CaseSummary,
  choice: Pick<DeskChoice, "state" | "owner" | "find">,
  myId: string,
): boolean {
  if (choice.find !== "") return each.userId.endsWith(choice.find);
  const isState = choice.state === "now" ? NEEDS_SOMEBODY.includes(each.state) : each.state === choice.state;
  if (!isState) return false;
  if (choice.owner === "anyone") return true;
  if (choice.owner === "none") return each.assignee === null;
  return each.assignee?.id === (choice.owner === "me" ? myId : choice.owner);
}

/** Puts each listed case's state of a patch in its place, unless a newer one is listed: the list itself never moves. */
export function updateInPlace(queue: QueuePages, cases: readonly CaseSummary[]): QueuePages {
  const newest = new Map(cases.map((each) => [each.id, each]));
  const newer = (listed: CaseSummary): CaseSummary => {
    const patched = newest.get(listed.id);
    return patched && !isOlder(patched, listed) ? patched : listed;
  };
  let isTouched = false;
  const pages = queue.pages.map((page) => {
    if (!page.items.some((item) => newest.has(item.id))) return page;
    isTouched = true;
    return { ...page, items: page.items.map(newer) };
  });
  return isTouched ? { ...queue, pages } : queue;
}

/** A person's act raises the version; what the stream finds only the time. */
function isOlder(one: CaseSummary, other: CaseSummary): boolean {
  return one.version === other.version ? one.updatedAt < other.updatedAt : one.version < other.version;
}

/** Cases of a patch that belong here and are not listed: they wait behind "n new — show". */
export function arrivalsOf(
  queue: QueuePages,
  cases: readonly CaseSummary[],
  choice: Pick<DeskChoice, "state" | "owner" | "find">,
  myId: string,
): string[] {
  const listed = new Set(queue.pages.flatMap((page) => page.items.map((item) => item.id)));
  return cases.filter((each) => !listed.has(each.id) && matches(each, choice, myId)).map((each) => each.id);
}

/** The case to go on with after one has left what is shown: the next that belongs here, else the one before; null: none. */
export function nextCase(
  items: readonly CaseSummary[],
  left: string,
  choice: Pick<DeskChoice, "state" | "owner" | "find">,
  myId: string,
): string | null {
  const at = items.findIndex(({ id }) => id === left);
  const belongs = (item: CaseSummary) => item.id !== left && matches(item, choice, myId);
  return (items.slice(at + 1).find(belongs) ?? items.slice(0, Math.max(at, 0)).findLast(belongs))?.id ?? null;
}

/** Cases of a patch that were this person's and are somebody else's now (rule W3). */
export function takenFrom(queue: QueuePages, cases: readonly CaseSummary[], myId: string): CaseSummary[] {
  const mine = new Set(
    queue.pages.flatMap(({ items }) =>
      items.flatMap(({ id, assignee }) => (assignee?.id === myId ? [id] : [])),
    ),
  );
  return cases.filter(({ id, assignee }) => mine.has(id) && assignee !== null && assignee.id !== myId);
}
