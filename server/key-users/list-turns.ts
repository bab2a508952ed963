import { FairTurns } from "../access/fair-turns.ts";

/** A list of the largest size takes some hundred megabytes while it is read and compared: few at a time, whoever sends them. */
const TURNS = new FairTurns({ atOnce: 2, waiting: 50, waitingOfOne: 10 });

/**
 * Reads and works on a sent list when its turn has come; not before is its body taken.
 * @param sender as audit rows name actors: turns go round them
 * @throws {TooBusy} too many wait
 */
export const inListTurn = <T>(sender: string, work: () => Promise<T>): Promise<T> =>
  TURNS.run({ name: sender, lane: "known" }, work);
