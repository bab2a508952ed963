import { beforeEach, describe, expect, test, vi } from "vitest";
import { somebody } from "#testing/factories/case-factory.ts";
import { settingsAs } from "#testing/factories/settings.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { issueKey } from "../access/api-keys.ts";
import { parseConfig } from "../config/config.ts";
import { PROPOSABLE_ACTS, PROPOSAL_LIVES_DAYS } from "../contracts/four-eyes.ts";
import { emptyExpiredProposals } from "../db/prune-rows.ts";
import { isGuarded } from "../four-eyes/propose.ts";
import { proposeImport } from "../key-users/propose-import.ts";
import {
  requireUnguardedAccount,
  requireUnguardedReset,
  requireUnguardedRole,
} from "../people/guarded-accounts.ts";
import { invite, withdrawInvitation } from "../people/invitations.ts";
import { performVerb } from "../people/person-verbs.ts";
import { proposeRole } from "../people/propose-role.ts";
import { changeAlertRules, proposeAlertRules } from "../retention/change-alert-rules.ts";
import { alertRules } from "../retention/read-alert-rules.ts";
import { isChangeGuarded, requireSecondAdministrator } from "../settings/guards.ts";
import { proposeSettings } from "../settings/propose-settings.ts";
import { settings } from "../settings/read-settings.ts";
import { ACTS } from "./acts.ts";
import { confirm, refuse } from "./decide.ts";
import { listProposals } from "./list-proposals.ts";

const ada = somebody("ada");
const bo = somebody("bo");
const lin = somebody("lin");
const harness = casesForEachTest(ada, bo, lin);
const DAY_MS = 86_400_000;
const WHY = { reason: "looked at" };

beforeEach(async () => {
  // Every test begins with two administrators and a manager, and the first version of the thresholds.
  for (const { id } of [ada, bo]) {
    await harness.db.user.update({ where: { id }, data: { role: "administrator", disabledAt: null } });
  }
  await harness.db.user.update({ where: { id: lin.id }, data: { role: "manager", disabledAt: null } });
  await harness.pool.query("DELETE FROM alert_rule WHERE version > 1");
  await harness.db.account.deleteMany();
  await harness.db.account.createMany({ data: [ada, bo, lin].map(passwordOf) });
});

/** A way in. */
const passwordOf = ({ id }: { readonly id: string }) => ({
  id: `password of ${id}`,
  accountId: id,
  userId: id,
  providerId: "credential",
  password: "a hash",
});

const rules = async () => (await alertRules(harness, { limit: 1 })).items[0];
const PATCH = { stepPercent: "20", reason: "too many alerts" };
const proposedRules = async () => (await proposeAlertRules(harness, ada, 1, PATCH)).proposal;
const as = (actor: typeof ada, reason: string | null = null) => ({ actor, reason });
const roleOf = async (id: string) => (await harness.db.user.findUnique({ where: { id } }))?.role;

describe("what waits for a second administrator", () => {
  test("is what FOUR_EYES names, and that setting itself as long as it names anything", async () => {
    const guarded = async (text: string) => {
      const ctx = { settings: settingsAs(parseConfig({ FOUR_EYES: text })) };
      const asked = await Promise.all(PROPOSABLE_ACTS.map((act) => isGuarded(ctx, act)));
      return PROPOSABLE_ACTS.filter((_, index) => asked[index]);
    };
    expect(await guarded("none")).toEqual([]);
    expect(await guarded("roles")).toEqual(["roles", "settings"]);
    expect(await guarded("thresholds, list, roles")).toEqual(PROPOSABLE_ACTS);
    const some = { settings: settingsAs(parseConfig({ FOUR_EYES: "list" })) };
    expect(await isChangeGuarded(some, { changes: { FOUR_EYES: "none" }, ...WHY })).toBe(true);
    expect(await isChangeGuarded(some, { changes: { KEEP_LOG: "90d" }, ...WHY })).toBe(false);
  });

  test("can be asked for only where there is a second administrator", async () => {
    const asked = (FOUR_EYES: string | null) =>
      requireSecondAdministrator(harness, { changes: { FOUR_EYES }, ...WHY });
    await asked("roles");
    await harness.db.user.update({ where: { id: bo.id }, data: { disabledAt: new Date() } });
    await expect(asked("roles")).rejects.toMatchObject({ code: "no_second_administrator" });
    // Enabled again, and without a way in: a link for another password was given.
    await harness.db.user.update({ where: { id: bo.id }, data: { disabledAt: null } });
    await harness.db.account.updateMany({ where: { userId: bo.id }, data: { password: null } });
    await expect(asked("roles")).rejects.toMatchObject({ code: "no_second_administrator" });
    await asked("none");
    await asked(null);
  });

  test("is done when another administrator confirms it, in its proposer's name, and each step is audited", async () => {
    const made = await proposedRules();
    expect(made).toMatchObject({ act: "thresholds", state: "open", isOwn: true, proposedBy: { id: "ada" } });
    expect(made.told).toMatchObject({ stepBefore: "15.00", stepAfter: "20" });
    expect(await rules()).toMatchObject({ version: 1 });

    const done = await confirm(harness, made.id, as(bo));
    expect(done).toMatchObject({ state: "confirmed", decidedBy: { id: "bo", name: bo.name }, isOwn: false });
    expect(await rules()).toMatchObject({ version: 2, stepPercent: "20.00", createdBy: { id: "ada" } });
    expect(await writtenActs(harness.pool)).toMatchObject([
      {
        actor: "ada",
        action: "proposal.make",
        subject: `proposal ${made.id}`,
        details: { reason: PATCH.reason },
      },
      { actor: "ada", action: "alert-rules.change", details: { proposal: made.id, confirmedBy: "bo" } },
      {
        actor: "bo",
        action: "proposal.confirm",
        subject: `proposal ${made.id}`,
        details: { proposedBy: "ada" },
      },
    ]);
  });

  test("is never confirmed by its proposer, who may withdraw it", async () => {
    const { id } = await proposedRules();
    await expect(confirm(harness, id, as(ada))).rejects.toMatchObject({ code: "own_proposal" });
    expect(await refuse(harness, id, as(ada, "thought better of it"))).toMatchObject({ state: "withdrawn" });
    expect(await rules()).toMatchObject({ version: 1 });
  });

  test("of a key is its maker's own: another administrator confirms it", async () => {
    const { id: key } = await issueKey(
      harness.db,
      { name: "lists", scopes: ["key-users"], expiresAt: null },
      ada.id,
    );
    const { proposal } = await proposeAlertRules(harness, { id: key }, 1, PATCH);
    await expect(confirm(harness, proposal.id, as(ada))).rejects.toMatchObject({ code: "own_proposal" });
    expect((await listProposals(harness, ada, { state: "open", limit: 10 })).items).toMatchObject([
      { isOwn: true, proposedBy: { name: "lists" } },
    ]);
    expect(await confirm(harness, proposal.id, as(bo))).toMatchObject({ state: "confirmed" });
  });

  test("is decided once: refused, confirmed later, or both at one moment", async () => {
    const refused = await proposedRules();
    expect(await refuse(harness, refused.id, as(bo, "no"))).toMatchObject({
      state: "refused",
      decisionReason: "no",
    });
    await expect(confirm(harness, refused.id, as(bo))).rejects.toMatchObject({ code: "conflict" });
    const { id } = await proposedRules();
    const both = await Promise.allSettled([confirm(harness, id, as(bo)), confirm(harness, id, as(bo))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await rules()).toMatchObject({ version: 2 });
  });

  test("is not refused while it is being confirmed, and is confirmed anew when who did has died", async () => {
    const { id } = await proposedRules();
    const taken = { state: "confirming", decidedBy: bo.id, decidedAt: new Date(harness.now()) };
    await harness.db.proposal.update({ where: { id: BigInt(id) }, data: taken });
    await expect(refuse(harness, id, as(ada, "no"))).rejects.toMatchObject({ code: "conflict" });
    await expect(confirm(harness, id, as(bo))).rejects.toMatchObject({ code: "conflict" });
    expect((await listProposals(harness, ada, { state: "open", limit: 10 })).items).toMatchObject([
      { id, state: "open", decidedBy: null },
    ]);
    harness.setNow(harness.now() + 61_000);
    expect(await confirm(harness, id, as(bo))).toMatchObject({ state: "confirmed" });
  });

  test("is refused, and waits on, where the act itself is refused by now", async () => {
    const { id } = await proposedRules();
    await changeAlertRules(harness, bo, 1, { stepPercent: "25", reason: "meanwhile" });
    await expect(confirm(harness, id, as(bo))).rejects.toMatchObject({ code: "conflict" });
    expect((await listProposals(harness, bo, { state: "open", limit: 10 })).items).toMatchObject([{ id }]);
    expect(await rules()).toMatchObject({ stepPercent: "25.00" });
  });

  test("is over after a while, and shown as that", async () => {
    const { id } = await proposedRules();
    harness.setNow(harness.now() + PROPOSAL_LIVES_DAYS * DAY_MS);
    await expect(confirm(harness, id, as(bo))).rejects.toMatchObject({ code: "conflict" });
    expect((await listProposals(harness, bo, { state: "open", limit: 10 })).items).toEqual([]);
    expect((await listProposals(harness, bo, { state: "decided", limit: 10 })).items).toMatchObject([
      { id, state: "expired" },
    ]);
  });

  test("is not done for a proposer who was disabled, or may it no more", async () => {
    const { id } = await proposedRules();
    await harness.db.user.update({ where: { id: ada.id }, data: { disabledAt: new Date() } });
    await expect(confirm(harness, id, as(bo))).rejects.toMatchObject({ status: 403 });
    await harness.db.user.update({ where: { id: ada.id }, data: { disabledAt: null, role: "operations" } });
    await expect(confirm(harness, id, as(bo))).rejects.toMatchObject({ status: 403 });
    expect(await rules()).toMatchObject({ version: 1 });
  });

  test("twenty of one person wait, those of their keys among them; then one has to be withdrawn first", async () => {
    const { id: key } = await issueKey(
      harness.db,
      { name: "more of the same", scopes: ["key-users"], expiresAt: null },
      ada.id,
    );
    const proposeThe = (number: number) =>
      proposeAlertRules(harness, number % 2 === 0 ? ada : { id: key }, 1, {
        ...PATCH,
        stepPercent: `${number}.5`,
      });
    const waiting = [];
    for (let number = 20; number < 40; number += 1) waiting.push(await proposeThe(number));
    await expect(proposeThe(40)).rejects.toMatchObject({ code: "many_proposals", status: 409 });
    await expect(proposeThe(41)).rejects.toMatchObject({ code: "many_proposals" });
    await proposeAlertRules(harness, bo, 1, PATCH);
    await refuse(harness, waiting[0]?.proposal.id ?? "", as(ada));
    await proposeThe(40);
  });

  test("one whose confirmer died of it is refused like any other, and emptied when it has expired", async () => {
    const { id } = await proposedRules();
    const dying = { state: "confirming", decidedBy: bo.id, decidedAt: new Date(harness.now() - 61_000) };
    await harness.db.proposal.update({ where: { id: BigInt(id) }, data: dying });
    expect(await refuse(harness, id, as(bo))).toMatchObject({ state: "refused" });

    const another = await proposedRules();
    await harness.db.proposal.update({ where: { id: BigInt(another.id) }, data: dying });
    const later = new Date(harness.now() + (PROPOSAL_LIVES_DAYS + 1) * DAY_MS);
    expect(await emptyExpiredProposals(harness.pool, later)).toBe(1);
  });

  test("whoever is still at it is not taken for dead, however long it takes", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const gate = Promise.withResolvers<void>();
    const working = vi.spyOn(ACTS.thresholds, "perform").mockReturnValue(gate.promise);
    try {
      const { id } = await proposedRules();
      let clock = harness.now();
      const ctx = { ...harness, now: () => clock };
      const kept = async () => harness.db.proposal.findUnique({ where: { id: BigInt(id) } });
      const confirming = confirm(ctx, id, as(bo));
      await expect.poll(async () => (await kept())?.state).toBe("confirming");
      clock += 50_000;
      vi.advanceTimersByTime(20_000);
      await expect.poll(async () => (await kept())?.decidedAt?.getTime()).toBe(clock);
      clock += 50_000;
      await expect(refuse(ctx, id, as(ada))).rejects.toMatchObject({ code: "conflict" });
      gate.resolve();
      expect(await confirming).toMatchObject({ state: "confirmed" });
    } finally {
      working.mockRestore();
      vi.useRealTimers();
    }
  });

  test("a number that names none is not there", async () => {
    for (const id of ["999", "x", "", "9".repeat(30)]) {
      await expect(confirm(harness, id, as(bo))).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("where roles wait, nobody makes themselves the second administrator", () => {
  const guarded = () => ({ db: harness.db, settings: settingsAs(parseConfig({ FOUR_EYES: "roles" })) });
  const open = () => ({ db: harness.db, settings: settingsAs(parseConfig({})) });

  test("an administrator's account is opened by no other administrator alone", async () => {
    await expect(requireUnguardedAccount(guarded(), bo.id)).rejects.toMatchObject({
      code: "administrators_account",
    });
    await requireUnguardedAccount(guarded(), lin.id);
    await requireUnguardedAccount(open(), bo.id);
  });

  test("an administrator is invited by nobody, and who was is not one when roles begin to wait", async () => {
    await expect(requireUnguardedRole(guarded(), "administrator")).rejects.toMatchObject({
      code: "role_waits",
    });
    await requireUnguardedRole(guarded(), "manager");
    const who = { email: "eve@example.test", name: "Eve", role: "administrator" as const, segments: [] };
    const { id } = await invite(harness.db, who, { by: ada.id, reason: null }, harness.now());
    const asked = { changes: { FOUR_EYES: "roles" }, ...WHY };
    await expect(requireSecondAdministrator(harness, asked)).rejects.toMatchObject({
      code: "administrator_invited",
    });
    // Nor when it was proposed before, and is confirmed now.
    const { proposal } = await proposeSettings(harness, ada.id, (await settings(harness)).version, asked);
    await expect(confirm(harness, proposal.id, as(bo))).rejects.toMatchObject({
      code: "administrator_invited",
    });
    await withdrawInvitation(harness.db, id, { by: ada.id, reason: "as told" });
    await requireSecondAdministrator(harness, asked);
  });

  test("a link for another password that an administrator gave opens no administrator's account; the command line's does", async () => {
    const given = async (who: { readonly id: string }, by: string) => {
      const hash = `${who.id} by ${by}`;
      const link = { hash, issuedBy: by, expiresAt: new Date(harness.now() + DAY_MS), spentAt: null };
      await harness.db.passwordReset.upsert({
        where: { userId: who.id },
        update: link,
        create: { userId: who.id, ...link },
      });
      return { hash };
    };
    const waits = { code: "link_waits", status: 409 };
    await expect(requireUnguardedReset(guarded(), await given(bo, ada.id))).rejects.toMatchObject(waits);
    await requireUnguardedReset(open(), await given(bo, ada.id));
    await requireUnguardedReset(guarded(), await given(bo, "cli:root"));
    await requireUnguardedReset(guarded(), await given(lin, ada.id));
  });

  test("who becomes one has no open link of before", async () => {
    await performVerb(harness.db, "reset", { id: lin.id }, { by: ada.id, reason: "forgotten", given: {} });
    const act = { by: ada.id, reason: "leads the team", given: { role: "administrator" } };
    await performVerb(harness.db, "role", { id: lin.id }, act);
    expect(await harness.db.passwordReset.count({ where: { userId: lin.id } })).toBe(0);
  });
});

describe("each act that can wait", () => {
  test("stands in the table", () => expect(Object.keys(ACTS)).toEqual([...PROPOSABLE_ACTS]));

  test("another role: given when it is confirmed, unless the role is another one by now", async () => {
    const act = { by: ada.id, reason: "leads the team", given: { role: "administrator" } };
    const { proposal } = await proposeRole(harness, { id: lin.id }, act);
    expect(await roleOf(lin.id)).toBe("manager");
    await confirm(harness, proposal.id, as(bo));
    expect(await roleOf(lin.id)).toBe("administrator");
    await expect(proposeRole(harness, { id: lin.id }, act)).rejects.toMatchObject({ code: "role_unchanged" });

    const back = await proposeRole(harness, { id: lin.id }, { ...act, given: { role: "manager" } });
    await harness.db.user.update({ where: { id: lin.id }, data: { role: "operations" } });
    await expect(confirm(harness, back.proposal.id, as(bo))).rejects.toMatchObject({ code: "conflict" });
    expect(await roleOf(lin.id)).toBe("operations");
  });

  test("an import: the file is kept sealed, read anew when it is confirmed, and not kept after", async () => {
    const file = "id,raw_premium,raw_info\n71,100.00,a note that nobody reads\n72,200.00,\n";
    const sent = {
      bytes: Buffer.from(file),
      format: "csv" as const,
      choices: { dialect: "strict", encoding: "auto", separator: "auto" } as const,
      skipRejected: false,
      fileName: "list.csv",
    };
    const told = await proposeImport(harness, ada, sent);
    if (!("proposal" in told)) throw new Error("nothing was proposed");
    expect(told.proposal.told).toMatchObject({ file: "list.csv", added: 2, changed: 0 });
    await expect(proposeImport(harness, ada, sent)).rejects.toMatchObject({ code: "proposed_already" });
    // Of the same name and as many rows, and yet another one.
    const another = { ...sent, bytes: Buffer.from(file.replace("100.00", "101.00")) };
    const other = await proposeImport(harness, ada, another);
    if (!("proposal" in other)) throw new Error("nothing was proposed");
    await refuse(harness, other.proposal.id, as(ada, "a slip"));
    const dump = async () =>
      JSON.stringify(
        (await harness.pool.query("SELECT encode(payload, 'escape') AS payload, told FROM proposal")).rows,
      );
    expect(await dump()).not.toContain("nobody reads");
    expect(await harness.db.keyUser.count()).toBe(0);

    // The list has moved since: what the file would do by now is looked at first.
    await harness.db.keyUser.create({ data: { userId: 71n, rawPremium: "50" } });
    const moved = confirm(harness, told.proposal.id, as(bo));
    await expect(moved).rejects.toMatchObject({
      code: "preview_outdated",
      fields: { current: { added: 1, changed: 1 } },
    });
    const { preview } = await moved.catch((error) => error.fields.current);
    expect(await harness.db.keyUser.count()).toBe(1);

    await confirm(harness, told.proposal.id, { ...as(bo), seen: preview });
    expect(await harness.db.keyUser.count()).toBe(2);
    expect(await harness.db.proposal.count({ where: { payload: { not: null } } })).toBe(0);
    expect(await writtenActs(harness.pool)).toContainEqual(
      expect.objectContaining({
        actor: "ada",
        action: "key-users.import",
        details: expect.objectContaining({ added: 1, changed: 1, confirmedBy: "bo" }),
      }),
    );
    // What would change nothing, or is refused, is told at once.
    expect(await proposeImport(harness, ada, sent)).toMatchObject({ unchanged: 2, importId: null });
    const bad = { ...sent, bytes: Buffer.from("id,raw_premium,raw_info\n73,much,\n") };
    expect(await proposeImport(harness, ada, bad)).toMatchObject({ rejected: [{ line: 2 }] });
    expect(await harness.db.proposal.count()).toBe(2);
  });

  test("the setting that says what waits", async () => {
    const patch = { changes: { FOUR_EYES: "roles" }, ...WHY };
    const { proposal } = await proposeSettings(harness, ada.id, 0, patch);
    expect(proposal.told).toEqual({ FOUR_EYES: "roles" });
    await confirm(harness, proposal.id, as(bo));
    expect((await settings(harness)).items).toContainEqual(
      expect.objectContaining({ name: "FOUR_EYES", value: "roles", origin: "settings" }),
    );
  });
});
