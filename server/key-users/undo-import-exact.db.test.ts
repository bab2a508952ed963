import fc from "fast-check";
import { expect, test } from "vitest";
import { type CaseHarness, somebody } from "#testing/factories/case-factory.ts";
import { at, fen } from "#testing/factories/events.ts";
import { streamMoves } from "#testing/factories/key-users.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { type ModelLine, ModelList } from "#testing/model/key-user-list.ts";
import type { Actor } from "../access/can.ts";
import { AppError } from "../lib/errors.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { importLog } from "./import-log.ts";
import { keyUser } from "./list-key-users.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { restoreKeyUser } from "./restore-key-user.ts";
import { undoImport } from "./undo-import.ts";

/**
 * @module-tag slow
 *
 * W4: whatever imports, edits, events, closed cases and undos come in whatever order, the list is what a plain model says, every
 * column of it; fast-check prints the seed of a story that fails.
 */

const ada = somebody("ada", "administrator");
const harness = casesForEachTest(ada);

type Step =
  | { readonly kind: "load"; readonly lines: readonly ModelLine[] }
  | { readonly kind: "undo"; readonly index: number }
  | { readonly kind: "edit"; readonly user: number; readonly premium?: number; readonly info?: string }
  | { readonly kind: "event"; readonly user: number; readonly premium: number; readonly info: string }
  | { readonly kind: "remove" | "restore" | "close"; readonly user: number };

const user = fc.integer({ min: 1, max: 5 });
const premium = fc.constantFrom(0, 5_000, 10_000, 10_001, 99_999);
const info = fc.constantFrom("a", "b", "保障");
const line = fc.record({
  user,
  premium,
  info: fc.oneof(info, fc.constant(null)),
  asOf: fc.constantFrom(null, null, at("11-20 10:00"), at("11-21 10:00")),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("load" as const),
      lines: fc.uniqueArray(line, { minLength: 1, maxLength: 5, selector: (each) => each.user }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("undo" as const), index: fc.integer({ min: 0, max: 5 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      { kind: fc.constant("edit" as const), user, premium, info },
      { requiredKeys: ["kind", "user"] },
    ),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("event" as const), user, premium, info }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("remove", "restore", "close"), user }) },
);

const amount = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** A story told to the product and to the model, step by step. */
class Story {
  readonly model = new ModelList();
  /** Entries of imports, in order. */
  readonly entries: string[] = [];
  #minute = 0;

  async take(step: Step): Promise<void> {
    this.#minute += 1;
    harness.setNow(at("11-22 12:00") + this.#minute * 60_000);
    const now = harness.now();
    switch (step.kind) {
      case "load":
        return this.#load(step.lines, now);
      case "undo":
        return this.#undo(step.index);
      case "edit":
        if (step.premium === undefined && step.info === undefined) return;
        this.model.edit(step.user, step.premium, step.info, now);
        return this.#write(step.user, (row, version) =>
          editKeyUser(row, version, {
            ...(step.premium === undefined ? {} : { rawPremium: amount(step.premium) }),
            ...(step.info === undefined ? {} : { rawInfo: step.info }),
          }),
        );
      case "event": {
        const row = this.model.rows.get(step.user);
        if (!row || row.isRemoved) return;
        this.model.event(step.user, step.premium, step.info, at("11-22 11:00"));
        const given = { premium: amount(step.premium), info: step.info, at: "11-22 11:00" };
        return streamMoves(harness, { userId: String(step.user), ...given });
      }
      case "remove":
        this.model.remove(step.user);
        return this.#write(step.user, removeKeyUser);
      case "restore":
        this.model.restore(step.user);
        return this.#write(step.user, restoreKeyUser);
      case "close":
        this.model.closeCase(step.user);
        await harness.pool.query("UPDATE key_user SET anchor = NULL WHERE user_id = $1", [step.user]);
    }
  }

  async #load(lines: readonly ModelLine[], now: number): Promise<void> {
    const isWritten = this.model.load(lines, now);
    const rows = lines.map(({ user, premium, info, asOf }, index) => ({
      line: index + 1,
      cells: { id: String(user), raw_premium: amount(premium), raw_info: info, baseline_as_of: asOf },
    }));
    const { importId } = await importKeyUsers(harness, ada, rows, { dryRun: false, skipRejected: false });
    expect(importId !== null).toBe(isWritten);
    if (importId !== null) this.entries.push(importId);
  }

  async #undo(index: number): Promise<void> {
    const entry = this.entries[index];
    const told = this.model.undo(index);
    if (entry === undefined) return;
    const call = { ctx: harness, actor: ada };
    if (told === null) {
      await expect(undoImport(call, entry, { dryRun: false })).rejects.toBeInstanceOf(AppError);
      return;
    }
    const answer = await undoImport(call, entry, { dryRun: false });
    expect([answer.back + answer.removed, answer.left]).toEqual([told.taken, told.left.length]);
    const left = answer.leftRows.map(({ userId }) => Number(userId));
    expect(left.toSorted((a, b) => a - b)).toEqual(told.left.toSorted((a, b) => a - b));
  }

  /** What a person does to a row, having seen it; the product refuses what the model passes over. */
  async #write(
    id: number,
    act: (row: { ctx: CaseHarness; actor: Actor; userId: string }, version: number) => Promise<unknown>,
  ): Promise<void> {
    const userId = String(id);
    const seen = await keyUser(harness, userId).catch(() => null);
    await act({ ctx: harness, actor: ada, userId }, seen?.version ?? 1).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  }

  async compare(): Promise<void> {
    const { rows } = await harness.pool.query(
      `SELECT user_id, raw_premium, raw_info, baseline_as_of, as_of_event, greatest(anchor, raw_premium) AS anchor, version,
         removed_at IS NOT NULL AS is_removed FROM key_user ORDER BY user_id`,
    );
    const list = rows.map((row) => ({
      user: Number(row.user_id),
      premium: Number(fen(row.raw_premium)),
      info: row.raw_info,
      asOf: row.baseline_as_of === null ? null : Number(row.baseline_as_of),
      isEvents: row.as_of_event,
      // Off the list it counts for nothing, and coming back it starts anew.
      anchor: row.is_removed ? null : Number(fen(row.anchor)),
      isRemoved: row.is_removed,
      version: row.version,
    }));
    const expected = [...this.model.rows]
      .sort(([a], [b]) => a - b)
      .map(([id, { heights, closed: _closed, ...row }]) => ({
        user: id,
        ...row,
        anchor: row.isRemoved ? null : Math.max(...heights),
      }));
    expect(list).toEqual(expected);
  }
}

test("imports, edits, events and undos leave what the model says (W4)", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      await harness.empty();
      const story = new Story();
      for (const each of steps) {
        await story.take(each);
        await story.compare();
      }
      // The log has each import, and each undo, once.
      const { items } = await importLog(harness, { limit: 100 });
      const undone = story.model.imports.filter(({ isUndone }) => isUndone).length;
      expect(items.filter(({ undoes }) => undoes === null)).toHaveLength(story.entries.length);
      expect(items.filter(({ undoes }) => undoes !== null)).toHaveLength(undone);
      // The history tells every version of every row.
      const { rows } = await harness.pool.query(
        `SELECT 1 FROM key_user k WHERE version <> (SELECT count(*) FROM baseline_change b WHERE b.user_id = k.user_id)`,
      );
      expect(rows).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 300_000);
