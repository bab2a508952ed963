import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { carryForward } from "#components/live/apply-patch.ts";
import type { SnapshotPosition } from "../contracts/api/common.ts";
import type { HourFigures, Move } from "../contracts/api/orders.ts";
import { type Committed, type HourAggregate, nothingCommitted } from "../contracts/committed.ts";
import type { Patch, TopicBodies } from "../contracts/live.ts";
import { Hub, type HubOptions, type Subscribers } from "./hub.ts";
import type { Loaders } from "./topics.ts";

const EPOCH = "e";

const hourOf = (bizHour: string, fen: bigint): HourAggregate => ({
  bizHour,
  bizDate: "2026-11-22",
  totalPremium: fen,
  policyCount: 1,
  policyHolderCount: 1,
  winnerCount: fen === 0n ? 0 : 1,
  grossPremium: fen,
  grossOrderCount: 0,
  revisedByLate: false,
});
const commit = (position: number, hours: readonly HourAggregate[]): Committed => ({
  ...nothingCommitted(position),
  hours,
});
const figures = (hour: HourAggregate): HourFigures => ({
  bizHour: hour.bizHour,
  totalPremium: String(hour.totalPremium),
  policyCount: 1,
  policyHolderCount: 1,
  grossPremium: "0.00",
  grossOrderCount: 0,
  partial: false,
  revisedByLate: false,
});

const QUIET: Pick<Subscribers, "heartbeat" | "invalidateAll"> = {
  heartbeat: () => undefined,
  invalidateAll: () => undefined,
};

function makeHub(loaders: Partial<Loaders> = {}, now = () => 1_000, given: Partial<HubOptions> = {}) {
  const errors: unknown[] = [];
  const hub = new Hub({
    epoch: EPOCH,
    position: 0,
    now,
    onError: (error) => errors.push(error),
    onWiped: () => undefined,
    onOtherHistory: () => undefined,
    feed: async (after) => ({ stored: after, epoch: EPOCH, commits: [] }),
    ...given,
    loaders: {
      hourFigures: figures,
      cases: async () => [],
      audience: async () => ({}) as TopicBodies["audience"],
      pipeline: async () => ({}) as TopicBodies["pipeline"],
      segments: async () => new Map(),
      ...loaders,
    },
  });
  return { hub, errors };
}

type OrdersPatch = Patch<TopicBodies["orders"]>;
interface Held {
  readonly snapshot: SnapshotPosition;
  readonly hours: ReadonlyMap<string, string>;
}

/** Counts like the database: the truth that every reader has to end at. */
class Truth {
  position = 0;
  readonly hours = new Map<string, string>();

  commit(bizHour: string, fen: bigint): Committed {
    this.position += 1;
    if (fen === 0n) this.hours.delete(bizHour);
    else this.hours.set(bizHour, String(fen));
    return commit(this.position, [hourOf(bizHour, fen)]);
  }

  snapshot(): Held {
    return { snapshot: { epoch: EPOCH, position: this.position }, hours: new Map(this.hours) };
  }
}

/** A browser: applies patches by the rule of the contract, and reads a snapshot after any doubt. */
class Reader {
  readonly #truth: Truth;
  isConnected = true;
  held: Held;

  constructor(truth: Truth) {
    this.#truth = truth;
    this.held = truth.snapshot();
  }

  receive(patch: OrdersPatch): void {
    this.held = carryForward(this.held, [patch], applyHours) ?? this.#truth.snapshot();
  }

  reconnect(hub: Hub): void {
    this.isConnected = true;
    const { missed, stale } = hub.resume(["orders"], { orders: this.held.snapshot });
    for (const { patch } of missed) this.receive(patch as OrdersPatch);
    if (stale.length > 0) this.held = this.#truth.snapshot();
  }
}

function applyHours(held: Held, body: TopicBodies["orders"]): Held {
  const hours = new Map(held.hours);
  for (const hour of body.hours) hours.set(hour.bizHour, hour.totalPremium);
  for (const bizHour of body.gone) hours.delete(bizHour);
  return { ...held, hours };
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ hour: fc.constantFrom("10", "11", "12"), fen: fc.bigInt(0n, 9n) }) },
  { weight: 4, arbitrary: fc.constant("tick" as const) },
  { weight: 1, arbitrary: fc.constant("lose" as const) },
  { weight: 2, arbitrary: fc.constant("drop" as const) },
  { weight: 2, arbitrary: fc.constant("reconnect" as const) },
  { weight: 1, arbitrary: fc.constant("reload" as const) },
);

test("whatever is committed, lost and reconnected: in the end the reader has what the database has", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const truth = new Truth();
      const reader = new Reader(truth);
      const { hub } = makeHub();
      let losesNext = false;
      hub.start({
        broadcast: (_topic, patch) => {
          if (losesNext) losesNext = false;
          else if (reader.isConnected) reader.receive(patch as OrdersPatch);
        },
        ...QUIET,
      } as Subscribers);
      for (const each of steps) {
        if (each === "tick") await hub.tick();
        else if (each === "lose") losesNext = true;
        else if (each === "drop") reader.isConnected = false;
        else if (each === "reconnect") reader.reconnect(hub);
        else if (each === "reload") reader.held = truth.snapshot();
        else hub.publish(truth.commit(`20261122${each.hour}`, each.fen));
      }
      losesNext = false;
      reader.reconnect(hub);
      hub.publish(truth.commit("2026112223", 1n));
      await hub.tick();
      await hub.stop();
      expect(reader.held.hours).toEqual(truth.hours);
    }),
    { numRuns: 500 },
  );
});

test("many commits of an hour between two ticks are one patch with its newest state", async () => {
  const { hub } = makeHub();
  const broadcast = vi.fn();
  hub.start({ broadcast, ...QUIET });
  for (let position = 1; position <= 50; position++) {
    hub.publish(commit(position, [hourOf("2026112210", BigInt(position))]));
  }
  await hub.tick();
  await hub.tick();
  await hub.stop();
  expect(broadcast).toHaveBeenCalledTimes(1);
  expect(broadcast.mock.calls[0]?.[1]).toMatchObject({
    from: 0,
    to: 50,
    body: { hours: [{ totalPremium: "50" }] },
  });
});

test("what a failing loader held up goes with the next tick", async () => {
  const cases = vi
    .fn<Loaders["cases"]>()
    .mockRejectedValueOnce(new Error("database away"))
    .mockResolvedValue([]);
  const { hub, errors } = makeHub({ cases });
  const broadcast = vi.fn();
  hub.start({ broadcast, ...QUIET });
  hub.publish({ ...commit(1, [hourOf("2026112210", 5n)]), caseIds: [7n] });
  await hub.tick();
  expect(errors).toHaveLength(1);
  hub.publish(commit(2, [hourOf("2026112211", 6n)]));
  await hub.tick();
  await hub.stop();
  expect(cases).toHaveBeenLastCalledWith([7n]);
  const orders = broadcast.mock.calls.find(([topic]) => topic === "orders")?.[1] as OrdersPatch;
  expect(orders.to).toBe(2);
  expect(orders.body.hours.map((hour) => hour.bizHour)).toEqual(["2026112210", "2026112211"]);
});

test("a position of another epoch, or from before what is kept, needs a snapshot", async () => {
  const { hub } = makeHub();
  hub.publish(commit(1, [hourOf("2026112210", 1n)]));
  await hub.tick();
  expect(hub.resume(["orders"], { orders: { epoch: "other", position: 1 } }).stale).toEqual(["orders"]);
  expect(hub.resume(["orders"], { orders: { epoch: EPOCH, position: -1 } }).stale).toEqual(["orders"]);
  expect(hub.resume(["orders"], { orders: { epoch: EPOCH, position: 0 } }).missed).toHaveLength(1);
});

test("the closing of a day and its revisions are told though no hour changed, each day's newest (O6)", async () => {
  const { hub } = makeHub();
  const told: OrdersPatch[] = [];
  hub.start({ broadcast: (_topic, patch) => void told.push(patch as OrdersPatch), ...QUIET });
  hub.publish({ ...nothingCommitted(2), days: [{ date: "2026-11-22", revision: 2 }] });
  hub.publish({ ...nothingCommitted(1), days: [{ date: "2026-11-22", revision: 1 }] });
  await hub.tick();
  await hub.stop();
  expect(told.map(({ body }) => body.days)).toEqual([[{ date: "2026-11-22", revision: 2 }]]);
});

test("what moved is kept by its day: a busy day does not push out the one before", () => {
  const { hub } = makeHub();
  const move = (key: string, bizHour: string) => ({ key, bizHour }) as Move;
  hub.publish({ ...nothingCommitted(1), moves: [move("1", "2026112123")], moveCount: 1 });
  const many = Array.from({ length: 60 }, (_, index) => move(String(index + 2), "2026112200"));
  hub.publish({ ...nothingCommitted(2), moves: many, moveCount: 60 });
  expect(hub.recentMoves("2026-11-21").items.map(({ key }) => key)).toEqual(["1"]);
  expect(
    hub
      .recentMoves("2026-11-22")
      .items.map(({ key }) => key)
      .slice(0, 2),
  ).toEqual(["61", "60"]);
  expect(hub.recentMoves("2026-11-22").items).toHaveLength(50);
  expect(hub.recentMoves("2026-11-20").items).toEqual([]);
});

test("when more cases changed than a patch may carry, it says so: none is left out without a word", async () => {
  const cases = vi.fn<Loaders["cases"]>();
  const { hub } = makeHub({ cases });
  const told: TopicBodies["retention"][] = [];
  const broadcast: Subscribers["broadcast"] = (_topic, { body }) =>
    void told.push(body as TopicBodies["retention"]);
  hub.start({ broadcast, ...QUIET });
  hub.publish({ ...nothingCommitted(1), caseIds: Array.from({ length: 501 }, (_, id) => BigInt(id)) });
  await hub.tick();
  await hub.stop();
  expect(told).toEqual([{ cases: null }]);
  expect(cases).not.toHaveBeenCalled();
});

describe("commits of other processes", () => {
  function following(newest: number, held: readonly Committed[]) {
    const read = vi.fn<HubOptions["feed"]>(async (after) => ({
      stored: newest,
      epoch: EPOCH,
      commits: held.filter(({ position }) => position > after),
    }));
    const onWiped = vi.fn();
    const { hub, errors } = makeHub({}, () => 1_000, { feed: read, onWiped });
    const [broadcast, invalidateAll] = [vi.fn(), vi.fn()];
    hub.start({ broadcast, heartbeat: () => undefined, invalidateAll });
    void hub.stop(); // the test makes its ticks
    return { hub, errors, read, broadcast, invalidateAll, onWiped };
  }
  const placeAt = (position: number) => ({ orders: { epoch: EPOCH, position } });

  test("are patches like our own, in one order", async () => {
    const others = [commit(1, [hourOf("2026112210", 1n)]), commit(3, [hourOf("2026112210", 3n)])];
    const own = commit(2, [hourOf("2026112210", 2n)]);
    const { hub, broadcast, invalidateAll } = following(3, [others[0], own, others[1]] as Committed[]);
    hub.publish(own);
    await hub.follow();
    expect(broadcast.mock.calls.map(([, patch]) => patch)).toMatchObject([
      { from: 0, to: 3, body: { hours: [{ totalPremium: "3" }] } },
    ]);
    expect(invalidateAll).not.toHaveBeenCalled();
  });

  test("that the feed does not hold any more are read anew by everybody, once", async () => {
    const { hub, invalidateAll } = following(9, [commit(9, [hourOf("2026112210", 9n)])]);
    await hub.follow();
    await hub.follow();
    expect(invalidateAll).toHaveBeenCalledTimes(1);
    expect(hub.resume(["orders"], placeAt(7)).stale).toEqual(["orders"]);
    expect(hub.resume(["orders"], placeAt(8)).stale).toEqual([]);
  });

  test("that wipe the data end what is held in memory here too", async () => {
    const move = { key: "1", bizHour: "2026112210" } as Move;
    const { hub, onWiped } = following(2, [{ ...nothingCommitted(2), wiped: true }]);
    hub.publish({ ...nothingCommitted(1), moves: [move], moveCount: 1 });
    expect(hub.recentMoves("2026-11-22").items).toEqual([move]);
    await hub.follow();
    expect(hub.recentMoves("2026-11-22").items).toEqual([]);
    expect(onWiped).toHaveBeenCalledTimes(1);
  });

  test("while they cannot be read our own are sent, and the trouble is told once", async () => {
    const { hub, errors, read, broadcast } = following(1, []);
    read.mockRejectedValue(new Error("database away"));
    hub.publish(commit(1, [hourOf("2026112210", 1n)]));
    await Promise.all([hub.follow(), hub.tick()]);
    await hub.follow();
    expect(broadcast).toHaveBeenCalledTimes(1);
    expect(errors).toHaveLength(1);
  });

  test("our own do not wait for a database that does not answer", async () => {
    const { hub, read, broadcast } = following(2, []);
    const answer = Promise.withResolvers<never>();
    read.mockReturnValue(answer.promise);
    const waiting = hub.follow();
    hub.publish(commit(1, [hourOf("2026112210", 1n)]));
    await hub.tick();
    expect(broadcast).toHaveBeenCalledTimes(1);
    answer.reject(new Error("at last"));
    await waiting;
  });

  test.each([
    ["another history", { stored: 5, epoch: "another" }],
    ["an earlier end of it", { stored: 3, epoch: EPOCH }],
  ])("of %s are told to nobody: this process starts over", async (_, page) => {
    const onOtherHistory = vi.fn();
    const feed = async () => ({ ...page, commits: [commit(5, [])] });
    const { hub } = makeHub({}, () => 1_000, { position: 4, feed, onOtherHistory });
    const invalidateAll = vi.fn();
    hub.start({ broadcast: () => undefined, heartbeat: () => undefined, invalidateAll });
    void hub.stop();
    await hub.follow();
    expect(onOtherHistory).toHaveBeenCalled();
    expect([hub.position, invalidateAll.mock.calls]).toEqual([4, []]);
  });
});
