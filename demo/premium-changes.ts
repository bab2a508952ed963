import { CUSTOMER_COUNT, customerId } from "./customers.ts";
import type { SimulatedDate, SourceEvent } from "./delivery.ts";
import { changeOn, type Holding, holdingBefore, KEY_USER_COUNT, keyUserIndex } from "./key-users.ts";
import { hash, Random } from "./random.ts";
import { momentOfDay } from "./shape.ts";
import { COVERS } from "./words.ts";

/** Changes of customers who are not on the list, a day. */
const OTHER_CHANGES = 260;
/** Changes that were first asked for with another amount, minutes before. */
const SECOND_THOUGHT_SHARE = 0.12;

/** All changes of cover of a date. */
export function premiumChangesOf(day: SimulatedDate): SourceEvent[] {
  const random = new Random(day.seed, "premium-changes", day.date);
  const events: SourceEvent[] = [];
  for (let nth = 0; nth < KEY_USER_COUNT; nth++) {
    const holding = changeOn(day.seed, nth, day.date);
    if (holding) events.push(...keyUserChange(day, random, nth, holding));
  }
  for (let i = 0; i < OTHER_CHANGES; i++) events.push(otherChange(day, random));
  return events;
}

function keyUserChange(day: SimulatedDate, random: Random, nth: number, holding: Holding): SourceEvent[] {
  const time = moment(day, random);
  const id = customerId(keyUserIndex(day.seed, nth));
  const last = change(day, random, id, time, holding);
  if (!random.chance(SECOND_THOUGHT_SHARE)) return [last];
  const before = holdingBefore(day.seed, nth, day.date);
  const asked = { amount: Math.round((before.amount + holding.amount) / 20) * 10, cover: holding.cover };
  const earlier = Math.max(day.start, time - Math.floor(random.logBetween(60_000, 1_800_000)));
  return [change(day, random, id, earlier, asked), last];
}

function otherChange(day: SimulatedDate, random: Random): SourceEvent {
  const index = random.below(CUSTOMER_COUNT / KEY_USER_COUNT) * KEY_USER_COUNT + random.below(KEY_USER_COUNT);
  const holding = { amount: random.below(9_000) * 10, cover: random.pick(COVERS) };
  return change(day, random, customerId(index), moment(day, random), holding);
}

const moment = (day: SimulatedDate, random: Random): number =>
  day.start + Math.floor(momentOfDay(random, null) * (day.end - day.start));

function change(
  day: SimulatedDate,
  random: Random,
  id: number,
  time: number,
  { amount, cover }: Holding,
): SourceEvent {
  return {
    stream: "premium_changes",
    time,
    columns: {
      id,
      channel: random.pick(["wechat", "wechat", "app"]),
      open_id: `o${hash(day.seed, "open-id", id).toString(16)}`,
      event: "premium_change",
      now_premium: `${amount}.00`,
      creator: "system",
      modifier: random.chance(0.05) ? null : "system",
      gmt_modified: time,
      now_info: random.chance(0.01) ? null : cover,
    },
  };
}
