import type { Delivery, SourceEvent } from "./delivery.ts";
import { anyFlaw, spoiltLine } from "./flaws.ts";
import type { Random } from "./random.ts";

const LATE_SHARE = 0.002;
const RESENT_SHARE = 0.01;
/** One spoilt line in so many. */
const SPOILT_EVERY = 500;

/** What becomes of one event between the insurer's systems and Tidewatch: delays, repeats, spoilt copies. */
export function deliveriesOf(random: Random, event: SourceEvent): Delivery[] {
  const at = event.time + delay(random);
  const sound = { at, stream: event.stream, line: JSON.stringify(event.columns) };
  const deliveries: Delivery[] = [sound];
  if (random.chance(RESENT_SHARE)) {
    deliveries.push({ ...sound, at: at + Math.floor(random.logBetween(1_000, 900_000)) });
  }
  if (random.chance(1 / SPOILT_EVERY)) {
    const flaw = anyFlaw(random, event.stream);
    deliveries.push({ at, stream: event.stream, line: spoiltLine(event, flaw), flaw });
  }
  return deliveries;
}

/** Mostly a second or two; some minutes to hours. Different delays put neighbours out of order. */
function delay(random: Random): number {
  if (random.chance(LATE_SHARE)) return Math.floor(random.logBetween(120_000, 5 * 3_600_000));
  return Math.floor(random.logBetween(150, 6_000));
}
