import { FairTurns } from "../access/fair-turns.ts";
import { InFlight } from "../http/in-flight.ts";
import { readListBody } from "./read-list-body.ts";

type SentList = Awaited<ReturnType<typeof readListBody>>;

/** A list of the largest size takes some hundred megabytes while it is read and compared: few at a time, whoever sends them. */
const TURNS = new FairTurns({
  atOnce: 2,
  waiting: 50,
  waitingOfOne: 10,
  refusal: "Too many lists are being looked at at this moment; try again.",
});
/** Lists of one sender that arrive, wait or are worked on. */
const LISTS = new InFlight();
const MOST_OF_SENDER = 6;

/**
 * Works on a sent list when its turn has come. It has arrived whole by then: a list that comes slowly, or never ends, takes nobody's turn.
 * @param sender as audit rows name actors: turns go round them
 * @throws {TooBusy} too many wait, or too many of this sender's @throws {UnsupportedType | TooLarge | InvalidInput}
 */
export const inListTurn = <T>(
  sender: string,
  request: Request,
  work: (sent: SentList) => Promise<T>,
): Promise<T> =>
  LISTS.run(sender, MOST_OF_SENDER, async () => {
    const sent = await readListBody(request);
    return TURNS.run({ name: sender, lane: "known" }, () => work(sent));
  });
