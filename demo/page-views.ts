import { CUSTOMER_COUNT, customer } from "./customers.ts";
import type { SimulatedDate, SourceEvent } from "./delivery.ts";
import { keyUserIndex } from "./key-users.ts";
import type { Purchase } from "./orders.ts";
import { Random } from "./random.ts";
import { campaignOf, dayFactor, momentOfDay } from "./shape.ts";
import { PAGES, type PageType, PRODUCTS } from "./words.ts";

/** Visits on an average day that end without an order. */
const IDLE_VISITS_PER_DAY = 3_300;
/** Of these, visits without signing in. */
const ANONYMOUS_SHARE = 0.14;
/** Some versions of the app send seconds (rule C2). */
const SECONDS_SHARE = 0.1;

/** What people come for, how often, and where it leads them. */
const ERRANDS: readonly { readonly weight: number; readonly path: readonly PageType[] }[] = [
  { weight: 30, path: ["home", "product"] },
  { weight: 22, path: ["home", "product", "product", "quote"] },
  { weight: 14, path: ["home", "policy", "policy"] },
  { weight: 12, path: ["home", "policy", "claim", "claim", "claim"] },
  { weight: 9, path: ["policy", "renew", "quote"] },
  { weight: 7, path: ["home", "service"] },
  { weight: 6, path: ["home"] },
];
const BEFORE_AN_ORDER: readonly PageType[] = ["home", "product", "quote", "order", "order"];
const BEFORE_GIVING_UP: readonly PageType[] = ["policy", "claim", "surrender", "service"];

interface Visitor {
  readonly account: string | null;
  readonly device: string | null;
}

/** All page views of a date: around orders, before cover is given up, and just looking. */
export function pageViewsOf(
  day: SimulatedDate,
  purchases: readonly Purchase[],
  changes: readonly SourceEvent[],
): SourceEvent[] {
  const random = new Random(day.seed, "page-views", day.date);
  return [
    ...purchases.flatMap((purchase) => aroundOrder(random, purchase)),
    ...changes.flatMap((change) => beforeGivingUp(random, change)),
    ...idleVisits(day, random),
  ].filter((event) => event.time >= day.start && event.time < day.end);
}

function aroundOrder(random: Random, { buyer, time, product }: Purchase): SourceEvent[] {
  const visitor = { account: String(buyer.id), device: random.pick(buyer.devices) };
  const before = walk(random, visitor, BEFORE_AN_ORDER, product, time - random.logBetween(90_000, 900_000));
  const after = random.chance(0.6) ? walk(random, visitor, ["policy"], product, time + 8_000) : [];
  return [...before.filter((event) => event.time <= time), ...after];
}

function beforeGivingUp(random: Random, { time, columns }: SourceEvent): SourceEvent[] {
  const visitor = { account: String(columns.id), device: null };
  return walk(random, visitor, BEFORE_GIVING_UP, 0, time - random.logBetween(180_000, 2_400_000));
}

function idleVisits(day: SimulatedDate, random: Random): SourceEvent[] {
  const campaign = campaignOf(day.seed, day.date);
  const visits = Math.round(IDLE_VISITS_PER_DAY * dayFactor(day.seed, day.date));
  return Array.from({ length: visits }, () => {
    const start = day.start + momentOfDay(random, campaign) * (day.end - day.start);
    const { path } = ERRANDS[random.weighted(ERRANDS.map((errand) => errand.weight))] ??
      ERRANDS[0] ?? { path: [] };
    return walk(random, anybody(day, random), path, random.below(PRODUCTS.length), start);
  }).flat();
}

function anybody(day: SimulatedDate, random: Random): Visitor {
  const index = random.chance(0.05)
    ? keyUserIndex(day.seed, random.below(400))
    : random.below(CUSTOMER_COUNT);
  const { id, devices } = customer(day.seed, index);
  const account = random.chance(ANONYMOUS_SHARE) ? random.pick([null, "", " "]) : String(id);
  return { account, device: random.chance(0.02) ? null : random.pick(devices) };
}

/** The pages of a path, with the time that people take to read. */
function walk(
  random: Random,
  visitor: Visitor,
  path: readonly PageType[],
  product: number,
  start: number,
): SourceEvent[] {
  let time = Math.floor(start);
  return path.map((pageType) => {
    const event = view(random, visitor, pageType, product, time);
    time += Math.floor(random.logBetween(4_000, 90_000));
    return event;
  });
}

function view(random: Random, visitor: Visitor, type: PageType, product: number, time: number): SourceEvent {
  const inSeconds = random.chance(SECONDS_SHARE);
  const name = type === "product" ? (PRODUCTS[product]?.name ?? null) : random.pick(PAGES[type]);
  return {
    stream: "page_views",
    time,
    columns: {
      log_time: inSeconds ? Math.floor(time / 1000) : time,
      device_id: visitor.device,
      account_id: visitor.account,
      bury_point_type: random.chance(0.003) ? null : type,
      page_name: random.chance(0.005) ? null : name,
    },
  };
}
