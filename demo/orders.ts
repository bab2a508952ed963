import { CUSTOMER_COUNT, type Customer, customer, householdIndex } from "./customers.ts";
import type { SimulatedDate, SourceEvent } from "./delivery.ts";
import { hash, Random } from "./random.ts";
import { campaignOf, dayFactor, momentOfDay } from "./shape.ts";
import { PRODUCTS } from "./words.ts";

/** People who buy on an average day. */
const BUYERS_PER_DAY = 3_400;
/** Buyers who buy again on the same day, mostly in another hour. */
const REPEAT_SHARE = 0.085;
/** Orders whose payable amount is corrected a little later. */
const AMEND_SHARE = 0.03;
/** Purchases made by two members of a household within minutes. */
const HOUSEHOLD_SHARE = 0.07;
/** Household purchases under one order number. */
const JOINT_ORDER_SHARE = 0.05;

/** One purchase: who bought what, when. */
export interface Purchase {
  readonly buyer: Customer;
  /** Moment of the order's version, ms. */
  readonly time: number;
  readonly orderNo: string;
  /** Index into PRODUCTS. */
  readonly product: number;
  /** Payable amount in jiao (tenths of a yuan); null: not told. */
  readonly payable: number | null;
}

/** All purchases of a date in the order in which they were drawn. */
export function purchasesOf(day: SimulatedDate): Purchase[] {
  const random = new Random(day.seed, "orders", day.date);
  const campaign = campaignOf(day.seed, day.date);
  const orders = Math.round(BUYERS_PER_DAY * dayFactor(day.seed, day.date) * (1 + (campaign?.uplift ?? 0)));
  const purchases: Purchase[] = [];
  let household = random.below(CUSTOMER_COUNT);
  while (purchases.length < orders * (1 + REPEAT_SHARE + AMEND_SHARE)) {
    const time = day.start + Math.floor(momentOfDay(random, campaign) * (day.end - day.start));
    if (random.chance(HOUSEHOLD_SHARE)) {
      purchases.push(...householdPurchase(day, random, household++, time, purchases.length));
    } else {
      const buyer = customer(day.seed, random.below(CUSTOMER_COUNT));
      purchases.push(...purchaseAndSequel(day, random, buyer, time, purchases.length));
    }
  }
  return purchases;
}

function purchaseAndSequel(
  day: SimulatedDate,
  random: Random,
  buyer: Customer,
  time: number,
  serial: number,
): Purchase[] {
  const first = purchase(day, random, buyer, time, serial);
  if (random.chance(REPEAT_SHARE)) {
    const later = time + random.logBetween(8 * 60_000, 9 * 3_600_000);
    if (later < day.end) return [first, purchase(day, random, buyer, Math.floor(later), serial + 1)];
  }
  if (random.chance(AMEND_SHARE) && first.payable !== null) {
    const corrected = Math.round(first.payable * random.between(0.85, 1.05));
    const later = Math.min(day.end - 1, time + Math.floor(random.between(60_000, 1_800_000)));
    return [first, { ...first, time: later, payable: corrected }];
  }
  return [first];
}

function householdPurchase(
  day: SimulatedDate,
  random: Random,
  nth: number,
  time: number,
  serial: number,
): Purchase[] {
  const index = householdIndex(nth);
  const first = purchase(day, random, customer(day.seed, index), time, serial);
  const soon = Math.min(day.end - 1, time + Math.floor(random.between(40_000, 600_000)));
  const second = purchase(day, random, customer(day.seed, index + 1), soon, serial + 1);
  return [first, random.chance(JOINT_ORDER_SHARE) ? { ...second, orderNo: first.orderNo } : second];
}

function purchase(
  day: SimulatedDate,
  random: Random,
  buyer: Customer,
  time: number,
  serial: number,
): Purchase {
  const product = random.weighted(PRODUCTS.map((item) => item.weight));
  const { low, high } = PRODUCTS[product] as (typeof PRODUCTS)[number];
  const payable = random.chance(0.003) ? null : Math.round(random.logBetween(low, high) * 2) * 5;
  return { buyer, time, orderNo: orderNo(day, serial), product, payable };
}

/** P, the date, and six digits that do not tell how many orders there were. */
function orderNo(day: SimulatedDate, serial: number): string {
  const offset = hash(day.seed, "order-no", day.date) % 1_000_000;
  const scrambled = (offset + serial * 7_919) % 1_000_000;
  return `P${day.date.slice(2).replaceAll("-", "")}${scrambled.toString().padStart(6, "0")}`;
}

/** A purchase as the source table has it. */
export function orderEvent(purchase: Purchase, random: Random): SourceEvent {
  const { buyer, time, payable } = purchase;
  const amount = payable === null ? null : (payable / 10).toFixed(2);
  const price =
    payable === null ? null : (Math.round(payable * random.pick([1, 1, 1, 1.1, 1.25])) / 10).toFixed(2);
  const created = time - Math.floor(random.logBetween(8_000, 900_000));
  return {
    stream: "orders",
    time,
    columns: {
      id: buyer.id,
      order_no: purchase.orderNo,
      order_type: random.chance(0.01) ? null : (PRODUCTS[purchase.product]?.type ?? null),
      pay_time: time - random.below(2_000),
      // The original tables have amounts as numbers and as text (rule C4).
      order_price: amount !== null && random.chance(0.5) ? Number(price) : price,
      customer_name: random.chance(0.005) ? null : buyer.name,
      customer_tel: buyer.telephone,
      certificate_no: random.chance(0.02) ? null : buyer.certificate,
      gmt_created: created,
      gmt_modified: time,
      account_payble: amount !== null && random.chance(0.5) ? Number(amount) : amount,
    },
  };
}
