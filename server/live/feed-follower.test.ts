import fc from "fast-check";
import { expect, test } from "vitest";
import { type Committed, nothingCommitted } from "../contracts/committed.ts";
import { FeedFollower } from "./feed-follower.ts";

/** The database of one history, with whatever the feed still holds of it. */
class Feed {
  stored = 0;
  /** What came before is pruned. */
  from = 1;

  readonly read = async (after: number, limit: number) => ({
    stored: this.stored,
    epoch: "e",
    commits: Array.from({ length: this.stored }, (_, index) => nothingCommitted(index + 1))
      .filter(({ position }) => position > after && position >= this.from)
      .slice(0, limit),
  });
}

function follow(feed: Feed, position = 0) {
  const told: number[] = [];
  const skipped: number[] = [];
  const follower = new FeedFollower({
    position,
    read: feed.read,
    publish: (committed: Committed) => void told.push(committed.position),
    skip: (through) => void skipped.push(through),
  });
  return { follower, told, skipped };
}

test("whoever commits and whatever is told, in whichever order: each commit once, in order, and none is left out", async () => {
  const step = fc.oneof(
    fc.record({ own: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ others: fc.integer({ min: 1, max: 700 }) }),
    fc.constant("read" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.infiniteStream(fc.nat()), async (steps, picks) => {
      const feed = new Feed();
      const { follower, told, skipped } = follow(feed);
      const waiting: number[] = [];
      const tellOne = () => {
        const [position] = waiting.splice((picks.next().value ?? 0) % Math.max(1, waiting.length), 1);
        if (position !== undefined) follower.tell(nothingCommitted(position));
      };
      for (const each of steps) {
        if (each === "read") await follower.follow();
        else if ("others" in each) feed.stored += each.others;
        else for (let n = 0; n < each.own; n++) waiting.push(++feed.stored);
        tellOne();
      }
      await follower.follow();
      while (waiting.length > 0) tellOne();
      expect(skipped).toEqual([]);
      expect(told).toEqual(Array.from({ length: feed.stored }, (_, index) => index + 1));
    }),
    { numRuns: 200 },
  );
});

test("a commit of our own that is the next one does not wait for a read", () => {
  const { follower, told } = follow(new Feed(), 4);
  follower.tell(nothingCommitted(6));
  expect(told).toEqual([]);
  follower.tell(nothingCommitted(5));
  expect(told).toEqual([5, 6]);
});

test("what is pruned is skipped once, and told as skipped; what follows is told", async () => {
  const feed = Object.assign(new Feed(), { stored: 10, from: 8 });
  const { follower, told, skipped } = follow(feed, 2);
  await follower.follow();
  await follower.follow();
  expect([skipped, told]).toEqual([[7], [8, 9, 10]]);
});

test("a wiped feed without a row is skipped as well", async () => {
  const feed = Object.assign(new Feed(), { stored: 10, from: 11 });
  const { follower, told, skipped } = follow(feed, 2);
  await follower.follow();
  expect([skipped, told]).toEqual([[10], []]);
});

test("whoever slept through more than is worth telling starts from where the database stands", async () => {
  const feed = Object.assign(new Feed(), { stored: 1_000_000, from: 999_000 });
  const { follower, told, skipped } = follow(feed, 2);
  await follower.follow();
  feed.stored += 1;
  await follower.follow();
  expect([skipped, told]).toEqual([[1_000_000], [1_000_001]]);
});
