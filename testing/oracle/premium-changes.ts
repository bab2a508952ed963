import { compareParts, decimal, hundredths, type Part } from "./exact.ts";

type Line = Readonly<Record<string, unknown>>;

/** id, gmt_modified, baseline before, amount now, info before, info now. */
export type OccurrenceRow = readonly [string, number, string, string, string | null, string | null];
/** id, raw_premium, raw_info. */
export type KeyUserRow = readonly [string, string, string | null];
/** An alert by its user and time, its amount, and the rules that fired. */
export type AlertRow = readonly [string, number, string, string];
/** User, kind, amount (rule K9). */
export type NoticeRow = readonly [string, "opened" | "regressed" | "escalated", string];

/** What happens to the list and its cases, in order: the stream's events and people's acts. */
export type PremiumAct =
  /** A past that is replayed by its own clock wakes nobody (decision 7). */
  | { readonly act: "event"; readonly line: Line; readonly isReplay?: boolean }
  /** New on the list, or back on it by an import; `asOf` null: since the beginning of time. */
  | { readonly act: "list"; readonly line: Line; readonly asOf: number | null }
  /** A new baseline holds from `at`. */
  | { readonly act: "baseline"; readonly line: Line; readonly at: number }
  | { readonly act: "text"; readonly id: string; readonly info: string | null }
  | { readonly act: "remove" | "restore" | "claim" | "close"; readonly id: string }
  /** Hundredths of a percent. */
  | { readonly act: "thresholds"; readonly step: bigint; readonly cumulative: bigint };

interface KeyUser {
  isListed: boolean;
  amount: bigint;
  info: string | null;
  /** Place of a person's baseline in the order of rule K3; null: none, or the beginning of time. */
  person: Part[] | null;
  /** An event set the baseline. */
  isByEvent: boolean;
  /** Places of all events that applied, in order. */
  readonly events: Part[][];
  /** Every baseline since listing or the last closed case (K5). */
  history: bigint[];
  case: CaseState | null;
}

interface CaseState {
  isOpen: boolean;
  triage: "new" | "claimed" | "closed";
  mark: "recovered" | "regressed" | null;
  /** Greatest baseline before a drop since the case opened. */
  before: bigint;
  /** Every amount that stands as an occurrence in the case since it opened. */
  amounts: bigint[];
  /** Occurrences of its whole life. */
  count: number;
  now: bigint;
}

/** User, state, whether it is open, occurrences, newest amount. */
export type CaseRow = readonly [string, string, boolean, number, string];

/** How a user stands who was ever listed. */
export interface CurrentUser {
  readonly isListed: boolean;
  /** Decimal text. */
  readonly amount: string;
  readonly info: string | null;
  /** When the baseline holds from, ms; null: the beginning of time. */
  readonly asOf: number | null;
}

export interface PremiumTables {
  readonly users: ReadonlyMap<string, CurrentUser>;
  /** Those of the step rule (K4), as the recorded tables hold them. */
  readonly occurrences: OccurrenceRow[];
  /** Those of both rules. */
  readonly alerts: AlertRow[];
  /** Who is on the list. */
  readonly keyUsers: KeyUserRow[];
  readonly cases: CaseRow[];
  readonly notices: NoticeRow[];
  readonly dispositions: Record<"applied" | "superseded" | "duplicate" | "not_key_user", number>;
}

/** A blank text is none (C13). */
const textOf = (value: unknown): string | null =>
  value === null || value === undefined || String(value).trim() === "" ? null : String(value);
const idOf = (line: Line): string => BigInt(String(line.id)).toString();
const amountOf = (value: unknown): bigint => hundredths(value) ?? 0n;
/** Where a person's baseline stands: at its time, below every event of that time. */
const placeAt = (time: number): Part[] => [time, null, null, null];

function highest(amounts: readonly bigint[]): bigint {
  let found = 0n;
  for (const amount of amounts) if (amount > found) found = amount;
  return found;
}

function greatestPlace(places: readonly (Part[] | null)[]): Part[] | null {
  let found: Part[] | null = null;
  for (const place of places) if (place && (!found || compareParts(place, found) > 0)) found = place;
  return found;
}

/** Rules K2–K9 over lines in order of arrival, without any act of a person in between. */
export function premiumTables(keyUsers: readonly Line[], lines: readonly Line[]): PremiumTables {
  return premiumJournal([
    ...keyUsers.map((line) => ({ act: "list", line, asOf: null }) as const),
    ...lines.map((line) => ({ act: "event", line }) as const),
  ]);
}

/** Rules K2–K9 over everything that ever happened. */
export function premiumJournal(acts: readonly PremiumAct[]): PremiumTables {
  const book = new Book();
  for (const act of acts) book.enter(act);
  return book.tables();
}

function currentOf({ isListed, amount, info, person, isByEvent, events }: KeyUser): CurrentUser {
  const place = isByEvent ? events.at(-1) : person;
  return { isListed, amount: decimal(amount), info, asOf: place ? Number(place[0]) : null };
}

class Book {
  readonly #users = new Map<string, KeyUser>();
  readonly #occurrences: OccurrenceRow[] = [];
  readonly #alerts: AlertRow[] = [];
  readonly #notices: NoticeRow[] = [];
  readonly #dispositions = { applied: 0, superseded: 0, duplicate: 0, not_key_user: 0 };
  #step = 1_500n;
  #cumulative = 1_500n;

  enter(act: PremiumAct): void {
    if (act.act === "event") this.#event(act.line, act.isReplay ?? false);
    else if (act.act === "list") this.#list(act.line, act.asOf);
    else if (act.act === "thresholds") {
      this.#step = act.step;
      this.#cumulative = act.cumulative;
    } else this.#byPerson(act);
  }

  tables(): PremiumTables {
    const users = [...this.#users];
    return {
      users: new Map(users.map(([id, user]) => [id, currentOf(user)])),
      occurrences: this.#occurrences,
      alerts: this.#alerts,
      notices: this.#notices,
      dispositions: this.#dispositions,
      keyUsers: users.flatMap(([id, user]) =>
        user.isListed ? [[id, decimal(user.amount), user.info] as const] : [],
      ),
      cases: users.flatMap(([id, { case: one }]) =>
        one ? [[id, one.mark ?? one.triage, one.isOpen, one.count, decimal(one.now)] as const] : [],
      ),
    };
  }

  #list(line: Line, asOf: number | null): void {
    const amount = amountOf(line.raw_premium);
    const known = this.#users.get(idOf(line));
    this.#users.set(idOf(line), {
      isListed: true,
      amount,
      info: textOf(line.raw_info),
      person: asOf === null ? null : placeAt(asOf),
      isByEvent: false,
      events: known?.events ?? [],
      history: [amount],
      case: known?.case ?? null,
    });
  }

  #byPerson(act: Exclude<PremiumAct, { act: "event" | "thresholds" | "list" }>): void {
    const user = this.#users.get(act.act === "baseline" ? idOf(act.line) : act.id);
    if (!user) throw new Error("nobody acts on a user who was never listed");
    if (act.act === "baseline") {
      user.amount = amountOf(act.line.raw_premium);
      user.info = textOf(act.line.raw_info);
      user.person = placeAt(act.at);
      user.isByEvent = false;
      user.history.push(user.amount);
    } else if (act.act === "text") user.info = act.info;
    else if (act.act === "remove") user.isListed = false;
    else if (act.act === "restore") {
      user.isListed = true;
      user.history = [user.amount];
    } else this.#triage(user, act.act);
  }

  #triage(user: KeyUser, act: "claim" | "close"): void {
    if (!user.case) throw new Error("nobody works on a case that is not there");
    user.case.mark = null;
    user.case.triage = act === "close" ? "closed" : "claimed";
    if (act === "claim") return;
    user.case.isOpen = false;
    user.history = [user.amount];
  }

  #event(line: Line, isReplay: boolean): void {
    const user = this.#users.get(idOf(line));
    if (!user?.isListed) {
      this.#dispositions.not_key_user += 1;
      return;
    }
    const now = amountOf(line.now_premium);
    const place: Part[] = [Number(line.gmt_modified), textOf(line.open_id), now, textOf(line.now_info)];
    const current = greatestPlace([user.person, ...user.events]);
    const comparison = current === null ? 1 : compareParts(place, current);
    if (comparison <= 0) {
      this.#dispositions[comparison === 0 ? "duplicate" : "superseded"] += 1;
      return;
    }
    this.#dispositions.applied += 1;
    const told = this.#notices.length;
    this.#judge(user, line, now);
    if (isReplay) this.#notices.length = told;
    user.events.push(place);
    user.isByEvent = true;
    user.amount = now;
    user.info = textOf(line.now_info);
    user.history.push(now);
  }

  #judge(user: KeyUser, line: Line, now: bigint): void {
    const open = user.case?.isOpen ? user.case : null;
    const anchor = highest(user.history);
    const isStep = now * 10_000n < user.amount * (10_000n - this.#step);
    const isCumulative =
      now * 10_000n < anchor * (10_000n - this.#cumulative) &&
      (open?.amounts ?? []).every((amount) => now < amount);
    const [id, time] = [idOf(line), Number(line.gmt_modified)];
    if (isStep) {
      const before = [decimal(user.amount), decimal(now), user.info, textOf(line.now_info)] as const;
      this.#occurrences.push([id, time, ...before]);
    }
    if (isStep || isCumulative) {
      const rules = [isStep ? "step" : "", isCumulative ? "cumulative" : ""].join(" ").trim();
      this.#alerts.push([id, time, decimal(now), rules]);
      this.#alert(id, user, isStep ? user.amount : anchor, now);
    } else if (open) {
      if (now >= open.before) open.mark = "recovered";
      open.now = now;
    }
  }

  /** Rules K8, K9. */
  #alert(id: string, user: KeyUser, fallFrom: bigint, now: bigint): void {
    const known = user.case;
    if (known?.isOpen) {
      const isWorse = known.amounts.every((amount) => now < amount) || known.mark === "recovered";
      if (isWorse) this.#notices.push([id, "escalated", decimal(now)]);
      if (fallFrom > known.before) known.before = fallFrom;
      if (known.mark === "recovered") known.mark = null;
      known.amounts.push(now);
      known.count += 1;
      known.now = now;
      return;
    }
    this.#notices.push([id, known ? "regressed" : "opened", decimal(now)]);
    user.case = {
      isOpen: true,
      triage: "new",
      mark: known ? "regressed" : null,
      before: fallFrom,
      amounts: [now],
      count: (known?.count ?? 0) + 1,
      now,
    };
  }
}
