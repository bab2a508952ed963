import type { Actor } from "../access/can.ts";
import { InFlight } from "./in-flight.ts";
import { PersonRate } from "./person-rate.ts";

/** What one sender may have answered at once, so that nobody takes what others need; it depends on what is asked. */

/** Writes that are being answered, by who sent them. */
const WRITES = new InFlight();
const MOST_OF_PERSON = 8;
const MOST_OF_KEY = 32;
/** Of nobody known. */
const MOST_OF_ADDRESS = 4;
/** Reads: a browser asks for a few at once, and all of one sender leave connections to the database for others. */
const READS = new InFlight();
const MOST_READS = 16;
/** Files that are being sent: each reads through a whole table. */
const FILES = new InFlight();
const MOST_FILES = 4;
/** Writes and files of people, by the minute. */
const PEOPLE = new PersonRate();

/** What is asked for. */
export type Asked = "read" | "write" | "file";

/**
 * Answers within the sender's share.
 * @param gone aborted when who asked has gone
 * @throws {TooBusy} they have as much being answered as one may
 */
export async function withinShare(
  actor: Actor,
  asked: Asked,
  gone: AbortSignal,
  work: () => Promise<object | Response>,
): Promise<object | Response> {
  const isPerson = actor.kind === "person";
  if (isPerson && asked !== "read") await PEOPLE.take(actor.id);
  if (asked === "file") return FILES.runToEnd(actor.id, MOST_FILES, gone, work as () => Promise<Response>);
  if (asked === "write") return WRITES.run(actor.id, isPerson ? MOST_OF_PERSON : MOST_OF_KEY, work);
  return READS.run(actor.id, MOST_READS, work);
}

/** The same for a write of nobody known. @param address that it comes from */
export const withinShareOfAddress = <T>(address: string, work: () => Promise<T>): Promise<T> =>
  WRITES.run(address, MOST_OF_ADDRESS, work);
