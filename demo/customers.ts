import { hash, hashFraction } from "./random.ts";
import { GIVEN_NAMES, SURNAMES } from "./words.ts";

/** Customers of the simulated insurer. */
export const CUSTOMER_COUNT = 40_000;
/** Every tenth pair of neighbours is a household that shares one telephone. */
const HOUSEHOLD_EVERY = 10;
const FIRST_ID = 100_200;
const ID_STEP = 37;

export interface Customer {
  readonly index: number;
  /** User id, and account id in the app. */
  readonly id: number;
  readonly name: string;
  /** null: never told. */
  readonly telephone: string | null;
  readonly certificate: string;
  /** Devices on which the customer uses the app. */
  readonly devices: readonly string[];
}

/** Customer number `index` (0 … CUSTOMER_COUNT − 1); a function of seed and index alone. */
export function customer(seed: number, index: number): Customer {
  return {
    index,
    id: customerId(index),
    name: nameOf(seed, index),
    telephone: hashFraction(seed, "no-tel", index) < 0.01 ? null : telephoneOf(seed, householdHead(index)),
    certificate: certificateOf(seed, index),
    devices: Array.from({ length: hashFraction(seed, "devices", index) < 0.3 ? 2 : 1 }, (_, device) =>
      hash(seed, "device", index, device).toString(16).padStart(8, "0"),
    ),
  };
}

export const customerId = (index: number): number => FIRST_ID + ID_STEP * index;

/** Index of a customer who shares a telephone with the next one. */
export const householdIndex = (nth: number): number =>
  (nth % Math.floor(CUSTOMER_COUNT / HOUSEHOLD_EVERY)) * HOUSEHOLD_EVERY;

function householdHead(index: number): number {
  return index % HOUSEHOLD_EVERY === 1 ? index - 1 : index;
}

function nameOf(seed: number, index: number): string {
  const surname = SURNAMES[hash(seed, "surname", index) % SURNAMES.length] ?? "王";
  const given = (place: number) =>
    GIVEN_NAMES[hash(seed, "given", place, index) % GIVEN_NAMES.length] ?? "伟";
  return surname + given(0) + (hashFraction(seed, "short-name", index) < 0.3 ? "" : given(1));
}

function telephoneOf(seed: number, index: number): string {
  const prefix = ["136", "137", "138", "139", "150", "158", "186", "188"][
    hash(seed, "tel-prefix", index) % 8
  ];
  return `${prefix}${(hash(seed, "tel", index) % 100_000_000).toString().padStart(8, "0")}`;
}

function certificateOf(seed: number, index: number): string {
  const birth = new Date(
    Date.UTC(1955 + (hash(seed, "year", index) % 48), hash(seed, "month", index) % 12, 1),
  );
  const day = `${birth.toISOString().slice(0, 8).replaceAll("-", "")}${10 + (hash(seed, "day", index) % 18)}`;
  return `110101${day}${(hash(seed, "serial", index) % 10_000).toString().padStart(4, "0")}`;
}
