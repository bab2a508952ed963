import fc from "fast-check";

/**
 * Random lines that collide as much as they can: few users, few instants, shared telephones and order numbers, ties to
 * the millisecond, nulls, texts on both sides of the surrogates, amounts as number and as text.
 */

const HOUR = 3_600_000;
/** Around a midnight and a change of clocks in several zones: 2026-03-28 22:00 UTC. */
const BASE = Date.UTC(2026, 2, 28, 22);

export const ZONES = [
  "Asia/Shanghai",
  "UTC",
  "Europe/Berlin",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Asia/Kathmandu",
] as const;
export const zone = fc.constantFrom(...ZONES);

/** Few distinct instants over four days, so that most lines tie with another to the millisecond; ms. */
export const INSTANTS: readonly number[] = [
  BASE,
  BASE + 1,
  BASE + HOUR - 1,
  BASE + HOUR,
  BASE + 3 * HOUR,
  BASE + 3.5 * HOUR,
  BASE + 26 * HOUR,
  BASE - 30 * HOUR,
  BASE + 50 * HOUR,
];
const instant = fc.constantFrom(...INSTANTS);

/** Order by UTF-8 bytes differs from UTF-16 between the last two; one begins with a byte order mark. */
export const word = fc.constantFrom("a", "b", "A", "é", "保费", "\u{feff}a", "\u{ffee}", "\u{1f600}");

const amountText = fc
  .tuple(fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.constantFrom(0, 1, 2, 3, 5))
  .map(([digits, scale]) => (scale === 0 ? String(digits) : (digits / 10 ** scale).toFixed(scale)));
const amount = fc.oneof(
  amountText,
  amountText.map(Number),
  fc.constant(null),
  fc.constantFrom("0.005", "-0.005", "1e3", 0),
);

const userId = fc.constantFrom<unknown[]>(0, 1, "1", 2, "3", "9223372036854775807", "-5");
const telephone = fc.constantFrom(null, "138", "139", "\u{feff}138", "", " ");

export const orderLine = fc.record({
  id: userId,
  order_no: fc.oneof(word, fc.constantFrom("P1", "P2", "P10")),
  gmt_modified: instant,
  account_payble: amount,
  customer_tel: telephone,
  customer_name: fc.constantFrom(null, "客户"),
});

export const cover = fc.constantFrom(
  "0",
  "0.00",
  "84.99",
  "85",
  "85.00",
  "100",
  "100.004",
  "100.005",
  "850",
  "722.49",
  "722.50",
  "1000",
);

export const premiumLine = fc.record({
  id: userId,
  now_premium: cover,
  gmt_modified: instant,
  open_id: fc.oneof(word, fc.constant(null)),
  now_info: fc.oneof(word, fc.constant(null)),
});

/** Key users. */
export const USERS = ["0", "1", "2", "3", "-5"] as const;

/** A list with each user once at most. */
export const keyUserLines = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...USERS),
    raw_premium: cover,
    raw_info: fc.oneof(word, fc.constant(null)),
  }),
  { selector: (line) => line.id, maxLength: 5 },
);

export const pageLine = fc.record({
  log_time: fc.oneof(
    instant,
    instant.map((time) => Math.floor(time / 1000)),
  ),
  account_id: fc.constantFrom(null, "", " ", "u1", "u2", "\u{1f600}"),
  device_id: fc.constantFrom(null, "", " ", "d1", "d2"),
  bury_point_type: fc.oneof(word, fc.constant(null)),
  page_name: fc.oneof(word, fc.constant(null)),
});

/** The same lines sent differently: in another order, some of them again. */
export function resent<T>(lines: readonly T[]): fc.Arbitrary<T[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...lines], { minLength: lines.length, maxLength: lines.length }),
      fc.subarray([...lines]),
    )
    .map(([all, again]) => [...all, ...again]);
}

/** Runs of a property: 1,000 in every test run, 100,000 with LONG=1; FC_SEED replays a failure. */
export const RUNS = {
  numRuns: process.env.LONG ? 100_000 : 1_000,
  verbose: 1,
  ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}),
} as const;
