import fc from "fast-check";
import { expect, vi } from "vitest";
import { STREAM_NAMES } from "#server/contracts/streams.ts";
import { addKeyUser } from "#server/key-users/add-key-user.ts";
import { editKeyUser } from "#server/key-users/edit-key-user.ts";
import { importKeyUsers } from "#server/key-users/import-key-users.ts";
import { removeKeyUser } from "#server/key-users/remove-key-user.ts";
import { restoreKeyUser } from "#server/key-users/restore-key-user.ts";
import { applyLateOrders } from "#server/orders/apply-late-orders.ts";
import { changeAlertRules } from "#server/retention/change-alert-rules.ts";
import { workOnCase } from "#server/retention/work-on-case.ts";
import { cover, INSTANTS, orderLine, pageLine, premiumLine, USERS, word } from "../factories/arbitraries.ts";
import { type Body, type Journal, type Line, SKEW_MS } from "./journal.ts";
import { expectTables } from "./tables.ts";
import type { World } from "./world.ts";

type Command = fc.AsyncCommand<Journal, World>;

interface Behaviour<T> {
  readonly name: string;
  /** Whether it makes sense now; always, unless said otherwise. */
  readonly check?: (journal: Journal, given: T) => boolean;
  readonly run: (journal: Journal, world: World, given: T) => Promise<void>;
}

/** A command of the model; after it the tables are compared. */
function command<T>(given: fc.Arbitrary<T>, behaviour: Behaviour<T>): fc.Arbitrary<Command> {
  return given.map((value) => ({
    check: (journal: Readonly<Journal>) => behaviour.check?.(journal as Journal, value) ?? true,
    run: async (journal: Journal, world: World) => {
      await behaviour.run(journal, world, value);
      await expectTables(journal, world);
    },
    toString: () => `${behaviour.name} ${fc.stringify(value)}`,
  }));
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** More page views of as many accounts than a group writes at once: their rows are written behind. */
const BURST = 210;

const isReplay = fc.nat(5).map((die) => die === 0);
const bodyOf = (stream: Body["stream"], line: fc.Arbitrary<Line>): fc.Arbitrary<Body> =>
  fc.record({ stream: fc.constant(stream), lines: fc.array(line, { minLength: 1, maxLength: 8 }), isReplay });
const body = fc.oneof(
  bodyOf("orders", orderLine),
  bodyOf("premium_changes", premiumLine),
  bodyOf("page_views", pageLine),
);

async function send(journal: Journal, world: World, bodies: readonly Body[]): Promise<void> {
  const answers = await world.send(bodies);
  expect(answers).toEqual(bodies.map((each) => journal.take(each)));
}

const sendBodies = command(fc.array(body, { minLength: 1, maxLength: 3 }), { name: "send", run: send });

const sendBurst = command(fc.nat(3), {
  name: "burst",
  run: (journal, world, minutes) => {
    const lines = Array.from({ length: BURST }, (_, index) => ({
      log_time: Math.min(...INSTANTS) + minutes * 60_000,
      account_id: `burst ${index}`,
    }));
    return send(journal, world, [{ stream: "page_views", lines, isReplay: false }]);
  },
});

/** Most of what is repeated was sent lately. */
const pick = fc.record({ back: fc.nat(), among: fc.constantFrom(5, 5, 10_000) });

const sendAgain = command(
  fc.record({
    stream: fc.constantFrom(...STREAM_NAMES),
    picks: fc.array(pick, { minLength: 1, maxLength: 12 }),
    isReplay,
  }),
  {
    name: "send again",
    check: (journal, { stream }) => journal.sent[stream].length > 0,
    run: (journal, world, { stream, picks, isReplay: replays }) => {
      const known = journal.sent[stream];
      const lines = picks.map(
        ({ back, among }) => known.at(-1 - (back % Math.min(known.length, among))) ?? {},
      );
      return send(journal, world, [{ stream, lines, isReplay: replays }]);
    },
  },
);

const userId = fc.constantFrom(...USERS);
const asOf = fc.oneof(fc.constant(null), fc.constantFrom(...INSTANTS));
const info = fc.oneof(word, fc.constant(null));
const entry = fc.record({ id: userId, raw_premium: cover, raw_info: info, asOf });

/** A baseline cannot hold from a time to come (rule C8). */
const within = (journal: Journal, since: number | null) =>
  since !== null && since > journal.clock + SKEW_MS ? null : since;

const listUser = command(entry, {
  name: "list",
  check: (journal, { id }) => !journal.premium().users.has(id),
  run: async (
    journal,
    { harness, actor },
    { id, raw_premium: rawPremium, raw_info: rawInfo, asOf: wanted },
  ) => {
    const since = within(journal, wanted);
    const baselineAsOf = since === null ? null : new Date(since).toISOString();
    await addKeyUser(
      { ctx: harness, actor },
      {
        userId: id,
        rawPremium,
        rawInfo,
        segment: null,
        customerName: null,
        customerTel: null,
        baselineAsOf,
      },
    );
    journal.acts.push({ act: "list", line: { id, raw_premium: rawPremium, raw_info: rawInfo }, asOf: since });
  },
});

/** Also what a story begins with. */
export const importList = command(
  fc.uniqueArray(entry, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
  {
    name: "import",
    run: async (journal, { harness, actor }, given) => {
      const lines = given.map((line) => ({ ...line, asOf: within(journal, line.asOf) }));
      const rows = lines.map(({ asOf: since, ...cells }, index) => ({
        line: index + 2,
        cells: { ...cells, baseline_as_of: since === null ? null : String(since) },
      }));
      await importKeyUsers(harness, actor, rows, { dryRun: false, skipRejected: false });
      for (const { asOf: since, ...line } of lines) journal.importLine(line, since);
    },
  },
);

const isListed = (journal: Journal, id: string) => journal.premium().users.get(id)?.isListed === true;

async function keyUserVersion({ pool }: World, id: string): Promise<number> {
  const { rows } = await pool.query<{ version: number }>("SELECT version FROM key_user WHERE user_id = $1", [
    id,
  ]);
  return rows[0]?.version ?? 0;
}

const editBaseline = command(fc.record({ id: userId, raw_premium: cover, raw_info: info }), {
  name: "edit",
  check: (journal, { id }) => isListed(journal, id),
  run: async (journal, world, line) => {
    const { harness: ctx, actor } = world;
    const patch = { rawPremium: line.raw_premium, rawInfo: line.raw_info };
    await editKeyUser({ ctx, actor, userId: line.id }, await keyUserVersion(world, line.id), patch);
    journal.acts.push({ act: "baseline", line, at: journal.clock });
  },
});

const editText = command(fc.record({ id: userId, info }), {
  name: "edit text",
  check: (journal, { id }) => isListed(journal, id),
  run: async (journal, world, { id, info: rawInfo }) => {
    await editKeyUser(
      { ctx: world.harness, actor: world.actor, userId: id },
      await keyUserVersion(world, id),
      {
        rawInfo,
      },
    );
    journal.acts.push({ act: "text", id, info: rawInfo });
  },
});

const removeOrRestore = command(userId, {
  name: "remove or restore",
  check: (journal, id) => journal.premium().users.has(id),
  run: async (journal, world, id) => {
    const write = { ctx: world.harness, actor: world.actor, userId: id };
    const version = await keyUserVersion(world, id);
    const act = isListed(journal, id) ? "remove" : "restore";
    if (act === "remove") await removeKeyUser(write, version);
    else await restoreKeyUser(write, version);
    journal.acts.push({ act, id });
  },
});

const actOnCase = command(fc.record({ pick: fc.nat(), act: fc.constantFrom("claim", "close") }), {
  name: "case",
  check: (journal) => journal.openCases().length > 0,
  run: async (journal, { harness, pool, actor }, { pick, act }) => {
    const open = journal.openCases();
    const id = open[pick % open.length]?.[0] ?? "";
    const { rows } = await pool.query<{ id: string; version: number }>(
      "SELECT id, version FROM retention_case WHERE open_user_id = $1",
      [id],
    );
    const verb = { ctx: harness, actor, caseId: String(rows[0]?.id), version: rows[0]?.version ?? 0 };
    if (act === "claim") await workOnCase("claim", verb);
    else await workOnCase("close", verb, { outcome: "retained" });
    journal.acts.push({ act, id });
  },
});

const percent = fc.constantFrom("5", "10.5", "15", "20", "33.33");
const changeThresholds = command(fc.record({ step: percent, cumulative: percent }), {
  name: "thresholds",
  run: async (journal, { harness, actor }, { step, cumulative }) => {
    const version = await harness.db.alertRule.count();
    const patch = { stepPercent: step, cumulativePercent: cumulative, reason: `change ${version}` };
    await changeAlertRules(harness, actor, version, patch).catch((error: Error) =>
      expect(error.message).toContain("in force already"),
    );
    const points = (text: string) => BigInt(Math.round(Number(text) * 100));
    journal.acts.push({ act: "thresholds", step: points(step), cumulative: points(cumulative) });
  },
});

const moveClock = command(
  fc.record({
    to: fc.constantFrom("hour", "day", "hour back", "day back", "before closing", "closing", "after closing"),
    pick: fc.nat(),
  }),
  {
    name: "clock",
    check: ({ orders }, { to }) => !to.endsWith("closing") || orders.closings().length > 0,
    run: async (journal, { harness }, { to, pick }) => {
      const closings = journal.orders.closings();
      const closing = closings[pick % closings.length] ?? 0;
      const times: Record<typeof to, number> = {
        hour: journal.clock + HOUR_MS,
        day: journal.clock + DAY_MS,
        "hour back": journal.clock - HOUR_MS,
        "day back": journal.clock - DAY_MS,
        "before closing": closing - 1,
        closing,
        "after closing": closing + 60_000,
      };
      journal.clock = times[to];
      harness.setNow(journal.clock);
    },
  },
);

const applyLate = command(fc.nat(), {
  name: "apply late orders",
  check: ({ orders }) => orders.daysWithLate().length > 0,
  run: async (journal, world, pick) => {
    const days = journal.orders.daysWithLate();
    const { date, revision } = days[pick % days.length] ?? { date: "", revision: 0 };
    const iso = date.replace(/^(\d{4})(\d\d)/, "$1-$2-");
    // The day's rows may still be written behind.
    await vi.waitFor(
      () => applyLateOrders(world.context, world.actor, { date: iso, seen: revision, reason: "model" }),
      { timeout: 20_000, interval: 20 },
    );
    journal.orders.applyLate(date);
  },
});

const restart = command(
  fc.record({ closeAfterHours: fc.constantFrom(24, 24, 30), replaysAll: fc.boolean() }),
  {
    name: "restart",
    run: async (journal, world, { closeAfterHours, replaysAll }) => {
      await world.stopWriter();
      // Replaying more of the log than needed is harmless (C6).
      if (replaysAll) await world.pool.query("UPDATE stream SET covered_position = 0");
      journal.setCloseAfter(closeAfterHours);
      await world.startWriter(closeAfterHours);
    },
  },
);

const disturbance = fc.constantFrom(
  "lose the lease",
  "lose the lease",
  "cut connections",
  "cut connections",
  "take over",
);
const disturb = command(disturbance, {
  name: "disturbance:",
  run: async (_, world, what) => {
    if (what === "lose the lease") await world.loseLease();
    else if (what === "cut connections") await world.cutConnections();
    else await world.takeOver();
  },
});

/** Everything that may happen, sending most of all. */
export const commands = (maxCommands: number) =>
  fc.commands(
    [
      sendBodies,
      sendBodies,
      sendBodies,
      sendAgain,
      sendAgain,
      sendAgain,
      sendBurst,
      listUser,
      importList,
      editBaseline,
      editText,
      editText,
      removeOrRestore,
      actOnCase,
      changeThresholds,
      moveClock,
      moveClock,
      applyLate,
      restart,
      disturb,
    ],
    { maxCommands, size: "max", ...(process.env.FC_REPLAY ? { replayPath: process.env.FC_REPLAY } : {}) },
  );
