import { addDays } from "../server/contracts/business-time.ts";
import { CUSTOMER_COUNT, customer } from "./customers.ts";
import { hash, hashFraction } from "./random.ts";
import { COVERS, NO_COVER } from "./words.ts";

/** Customers on the key-user list. */
export const KEY_USER_COUNT = 400;
const SPACING = CUSTOMER_COUNT / KEY_USER_COUNT;
/** Days between two renewals of a key customer's cover: there the walk of the insured amount starts anew. */
const RENEWAL_DAYS = 96;
/** Share of days on which a key customer's insured amount changes. */
const CHANGE_PROBABILITY = 0.2;

/** Insured amount of a key customer, and its cover. */
export interface Holding {
  /** Whole yuan. */
  readonly amount: number;
  readonly cover: string;
}

/** Customer index of the nth key user. */
export const keyUserIndex = (seed: number, nth: number): number =>
  nth * SPACING + (hash(seed, "key-user", nth) % SPACING);

/** Change of one day: what the key customer holds from then on; null: nothing changed. */
export function changeOn(seed: number, nth: number, date: string): Holding | null {
  const days = daysSinceRenewal(seed, nth, date);
  const before = holdingAfter(seed, nth, addDays(date, -days), days - 1);
  return nextHolding(seed, nth, date, days, before);
}

/** What the key customer holds when a date begins. */
export function holdingBefore(seed: number, nth: number, date: string): Holding {
  const yesterday = addDays(date, -1);
  const days = daysSinceRenewal(seed, nth, yesterday);
  return holdingAfter(seed, nth, addDays(yesterday, -days), days);
}

/** Share of the list that says who its customers are; of the others the desk shows what their orders say. */
const NAMED = 0.6;

/** The list as CSV for the import, with what everybody holds when a date begins. */
export function keyUserCsv(seed: number, date: string): string {
  const rows = Array.from({ length: KEY_USER_COUNT }, (_, nth) => {
    const { amount, cover } = holdingBefore(seed, nth, date);
    const { id, name, telephone } = customer(seed, keyUserIndex(seed, nth));
    const isNamed = hashFraction(seed, "is-named", nth) < NAMED;
    return [id, `${amount}.00`, cover, ...(isNamed ? [name, telephone ?? ""] : ["", ""])].join(",");
  });
  return `id,raw_premium,raw_info,customer_name,customer_tel\n${rows.join("\n")}\n`;
}

/** Walks from the renewal to `days` days later, that day included; before the renewal day: what was signed. */
function holdingAfter(seed: number, nth: number, renewal: string, days: number): Holding {
  let holding = signed(seed, nth);
  for (let day = 0; day <= days; day++) {
    holding = nextHolding(seed, nth, addDays(renewal, day), day, holding) ?? holding;
  }
  return holding;
}

function nextHolding(seed: number, nth: number, date: string, days: number, before: Holding): Holding | null {
  if (days === 0) return signed(seed, nth);
  if (hashFraction(seed, "changes", nth, date) >= CHANGE_PROBABILITY) return null;
  const kind = hashFraction(seed, "kind", nth, date);
  const size = hashFraction(seed, "size", nth, date);
  if (before.amount === 0) return kind < 0.3 ? signed(seed, nth) : null;
  if (kind < 0.5) return { ...before, amount: scaled(before.amount, 1 + 0.01 + 0.06 * size) };
  if (kind < 0.88) return { ...before, amount: scaled(before.amount, 1 - 0.01 - 0.13 * size) };
  if (kind < 0.885) return { amount: 0, cover: NO_COVER };
  if (kind < 0.975)
    return { amount: scaled(before.amount, 0.84 - 0.5 * size ** 2), cover: poorer(before.cover) };
  return { ...before, amount: scaled(before.amount, 1.3 + 0.6 * size) };
}

function signed(seed: number, nth: number): Holding {
  const amount = 30_000 * 28 ** hashFraction(seed, "amount", nth);
  return { amount: scaled(amount, 1), cover: COVERS[hash(seed, "cover", nth) % COVERS.length] ?? COVERS[0] };
}

function poorer(cover: string): string {
  const rank = COVERS.indexOf(cover as (typeof COVERS)[number]);
  return COVERS[Math.min(rank + 1, COVERS.length - 1)] ?? cover;
}

/** Insured amounts come in steps of ten yuan. */
const scaled = (amount: number, factor: number): number => Math.round((amount * factor) / 10) * 10;

function daysSinceRenewal(seed: number, nth: number, date: string): number {
  const day = Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
  return (day + (hash(seed, "renewal", nth) % RENEWAL_DAYS)) % RENEWAL_DAYS;
}
