import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTestPerson } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { acceptInvitation, findInvitation } from "./accept-invitation.ts";
import { invite, reissueInvitation, withdrawInvitation } from "./invitations.ts";
import { listPeople } from "./list-people.ts";
import { renameSelf } from "./own-acts.ts";
import { performVerb } from "./person-verbs.ts";

const PASSWORD = "four words nobody guesses";
const HOUR_MS = 3_600_000;
const SONG = {
  email: " Song@Example.test",
  name: "Song Rui",
  role: "manager",
  segments: ["east", "east"],
} as const;
const BY = { by: "cli:tester", reason: "joins the team" };

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await database.db.invitation.deleteMany();
  await emptyAudit(database.pool);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const inviteSong = (given: Partial<Parameters<typeof invite>[1]> = {}) =>
  invite(database.db, { ...SONG, ...given }, BY);
const accept = (token: string, password = PASSWORD, now?: number) =>
  acceptInvitation(database.db, { token, password }, now);
const people = () => listPeople(database.db, new Date());
const audit = async () =>
  (await writtenActs(database.pool)).map(({ actor, action, details }) => ({
    actor,
    action,
    details,
  }));
const SPENT = { code: "link_spent", status: 403 };

describe("an invitation", () => {
  test("is listed, becomes a person with what it names, and leaves who and why", async () => {
    const { id, token } = await inviteSong();
    expect(await people()).toMatchObject([
      { id, name: "Song Rui", email: "song@example.test", role: "manager", state: "invited", sessions: 0 },
    ]);
    expect(await findInvitation(database.db, token)).toMatchObject({
      state: "open",
      name: "Song Rui",
      issuer: null,
    });
    const made = await accept(token);
    expect(await people()).toMatchObject([
      {
        id: made.id,
        email: "song@example.test",
        state: "active",
        role: "manager",
        segments: ["east"],
        link: null,
      },
    ]);
    expect(await audit()).toEqual([
      {
        actor: "cli:tester",
        action: "person.invite",
        details: { role: "manager", segments: ["east"], reason: "joins the team" },
      },
      {
        actor: expect.any(String),
        action: "person.accept-invitation",
        details: { role: "manager", segments: ["east"], by: `invitation ${id}` },
      },
    ]);
  });

  test("stands in the database as a hash only", async () => {
    const { token } = await inviteSong();
    const rows = await database.db.invitation.findMany();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("of ten who use the link at once, one is made", async () => {
    const { token } = await inviteSong();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => accept(token)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(SPENT);
    }
    expect(await people()).toHaveLength(1);
    expect(await findInvitation(database.db, token)).toMatchObject({
      state: "used",
      name: null,
      email: null,
      role: null,
    });
  });

  test("a password that is no good leaves the link good", async () => {
    const { token } = await inviteSong();
    await expect(accept(token, "password1234")).rejects.toMatchObject({ fields: { reason: "common" } });
    expect(await people()).toMatchObject([{ state: "invited" }]);
    await accept(token);
  });

  test("works for 72 hours", async () => {
    const { token, expiresAt } = await inviteSong();
    const hours = (expiresAt.getTime() - Date.now()) / HOUR_MS;
    expect(hours).toBeGreaterThan(71.9);
    expect(hours).toBeLessThanOrEqual(72);
    const late = expiresAt.getTime();
    await expect(accept(token, PASSWORD, late)).rejects.toMatchObject(SPENT);
    expect(await findInvitation(database.db, token, late)).toMatchObject({ state: "expired" });
    await accept(token, PASSWORD, late - 1);
  });

  test("with another link, the one of before is worth nothing", async () => {
    const { id, token } = await inviteSong();
    const again = await reissueInvitation(database.db, id, BY, Date.now() + 100 * HOUR_MS);
    expect(again).toMatchObject({ id, name: "Song Rui", email: "song@example.test" });
    expect(await findInvitation(database.db, token)).toBeNull();
    await expect(accept(token)).rejects.toMatchObject(SPENT);
    await accept(again.token);
  });

  test("that is taken back cannot be used, given anew or taken back again; the address can be invited again", async () => {
    const { id, token } = await inviteSong();
    expect(await withdrawInvitation(database.db, id, BY)).toEqual({ id, name: "Song Rui" });
    expect(await findInvitation(database.db, token)).toMatchObject({ state: "withdrawn" });
    await expect(accept(token)).rejects.toMatchObject(SPENT);
    const gone = { code: "not_found" };
    await expect(reissueInvitation(database.db, id, BY)).rejects.toMatchObject(gone);
    await expect(withdrawInvitation(database.db, id, BY)).rejects.toMatchObject(gone);
    expect(await people()).toEqual([]);
    await inviteSong();
  });

  test("taken back and used at the same moment, exactly one of the two happens", async () => {
    const { id, token } = await inviteSong();
    const [used, back] = await Promise.allSettled([accept(token), withdrawInvitation(database.db, id, BY)]);
    expect([used.status, back.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(await people()).toHaveLength(used.status === "fulfilled" ? 1 : 0);
  });

  test("goes to nobody whose address or name is taken, by a person or by an invitation", async () => {
    await makeTestPerson(database.db, { email: "lin@example.test", name: "Lin Wei" });
    await expect(inviteSong({ email: "LIN@example.test" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(inviteSong({ name: "ｌｉｎ wei" })).rejects.toMatchObject({ fields: { field: "name" } });
    await expect(inviteSong({ email: "a@tidewatch.demo" })).rejects.toMatchObject({
      fields: { field: "email" },
    });
    await inviteSong();
    const invited = { code: "invited_already", status: 409 };
    await expect(inviteSong({ name: "Other" })).rejects.toMatchObject(invited);
    await expect(inviteSong({ email: "other@example.test" })).rejects.toMatchObject(invited);
  });

  test("of ten for one address at once, one is made", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => inviteSong()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await people()).toHaveLength(1);
  });

  test("only a manager is invited with a scope", async () => {
    await inviteSong({ role: "operations" });
    expect(await people()).toMatchObject([{ role: "operations", segments: [] }]);
  });
});

test.each([
  ["disabled", (id: string) => performVerb(database.db, "disable", { id }, { ...BY, given: {} })],
  [
    "an administrator no more",
    (id: string) => performVerb(database.db, "role", { id }, { ...BY, given: { role: "operations" } }),
  ],
])("a link ends when who gave it is %s", async (_, happens) => {
  const root = { email: "root@example.test", name: "Root", role: "administrator" } as const;
  const by = await makeTestPerson(database.db, root);
  await makeTestPerson(database.db, { email: "second@example.test", name: "Second", role: "administrator" });
  const { token } = await invite(database.db, SONG, { by, reason: "joins the team" });
  await happens(by);
  await expect(accept(token)).rejects.toMatchObject(SPENT);
  expect(await findInvitation(database.db, token)).toMatchObject({ state: "withdrawn" });
});

test("nobody takes the name of somebody who is invited, so that they could not come in", async () => {
  const { token } = await inviteSong();
  const id = await makeTestPerson(database.db, { email: "lin@example.test", name: "Lin Wei" });
  const self = { id, sessionId: "s" } as Parameters<typeof renameSelf>[1];
  await expect(renameSelf(database.db, self, "song RUI")).rejects.toMatchObject({
    fields: { field: "name" },
  });
  await accept(token);
});

test("no link that was never given is one", async () => {
  await expect(accept("nothing")).rejects.toMatchObject(SPENT);
  expect(await findInvitation(database.db, "nothing")).toBeNull();
});
