import { expect } from "vitest";
import type { Actor } from "#server/access/can.ts";
import type { Database } from "#server/db/database.ts";
import { AuthenticatorApp } from "../factories/codes.ts";
import { makeTestPerson, TEST_PASSWORD } from "../factories/people.ts";
import type { Asked, Write } from "./audited-writes.ts";
import { cookiesOf } from "./sign-ins.ts";

interface World {
  readonly db: () => Database["db"];
  readonly ask: (key: string, asked: Asked) => Promise<Response>;
  /** Who acts, where it is not said. */
  readonly ada: Actor;
}

const NEW_PASSWORD = "quite another long phrase";
const REASON = "as the test asks";

/** The writes to accounts, to keys and to one's own: each is done to somebody, or something, of its own. */
export function peopleWrites({ db, ask, ada }: World): Readonly<Record<string, Write>> {
  let people = 0;
  let last = "";
  /** The one who was made for the write. */
  const themselves = () => last;
  const person = async (given: Parameters<typeof makeTestPerson>[1] = {}) => {
    people += 1;
    const email = `person${people}@example.test`;
    const id = await makeTestPerson(db(), { name: `Person ${people}`, email, ...given });
    last = id;
    return { id, email };
  };
  const session = async (userId: string): Promise<string> => {
    people += 1;
    const id = `session ${people}`;
    const expiresAt = new Date(Date.now() + 3_600_000);
    await db().session.create({ data: { id, token: id, userId, expiresAt } });
    return id;
  };
  const onPerson = (action: Write["action"], verb: string, given: object = {}): readonly [string, Write] => [
    `POST /api/v1/people/{id}/${verb}`,
    {
      action,
      prepare: async () => ({ params: { id: (await person()).id }, body: { reason: REASON, ...given } }),
    },
  ];
  const answerOf = async <T>(key: string, asked: Asked): Promise<T> => {
    const answer = await ask(key, asked);
    if (!answer.ok) throw new Error(`${key}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const invited = () => {
    people += 1;
    const body = { name: `Guest ${people}`, email: `guest${people}@example.test`, role: "manager" };
    return answerOf<{ id: string; link: { url: string } }>("POST /api/v1/people/invitations", { body });
  };
  const onInvitation = (action: Write["action"]): Write => ({
    action,
    prepare: async () => ({ params: { id: (await invited()).id }, body: { reason: REASON } }),
  });
  const linkUse = (url: string) => ({
    token: new URL(url).searchParams.get("token"),
    password: NEW_PASSWORD,
  });
  const key = async () => {
    people += 1;
    const body = { name: `till ${people}`, scopes: ["ingest"], reason: REASON };
    return (await answerOf<{ key: { id: string } }>("POST /api/v1/api-keys", { body })).key.id;
  };
  const password = { password: TEST_PASSWORD };
  const signedIn = async (email: string) =>
    cookiesOf(await ask("POST /api/auth/sign-in/email", { body: { email, ...password } }));
  /** Somebody signed in who has begun a second factor, and confirmed it where that is asked for. */
  const factor = async (isConfirmed: boolean) => {
    const { email } = await person();
    const cookie = await signedIn(email);
    const { totpURI, backupCodes } = await answerOf<{ totpURI: string; backupCodes: string[] }>(
      "POST /api/auth/two-factor/enable",
      { cookie, body: password },
    );
    const code = new AuthenticatorApp(totpURI).code();
    if (!isConfirmed) return { email, cookie, code, backupCodes };
    const confirmed = await ask("POST /api/auth/two-factor/verify-totp", { cookie, body: { code } });
    return { email, cookie: cookiesOf(confirmed), code, backupCodes };
  };
  const withFactor = (action: Write["action"]): Write => ({
    action,
    actor: themselves,
    prepare: async () => ({ cookie: (await factor(true)).cookie, body: password }),
  });

  return {
    "POST /api/v1/people/invitations": {
      action: "person.invite",
      prepare: async () => ({ body: { name: "Guest", email: "guest@example.test", role: "manager" } }),
    },
    "POST /api/v1/people/invitations/{id}/reissue": onInvitation("person.reissue-invitation"),
    "DELETE /api/v1/people/invitations/{id}": onInvitation("person.withdraw-invitation"),
    "POST /api/invitation": {
      action: "person.accept-invitation",
      actor: () => expect.any(String), // whoever has just come in
      prepare: async () => ({ body: linkUse((await invited()).link.url) }),
    },
    ...Object.fromEntries([
      onPerson("person.set-role", "role", { role: "operations" }),
      onPerson("person.set-scope", "scope", { segments: ["east"] }),
      onPerson("person.disable", "disable"),
      onPerson("person.reset", "reset"),
      onPerson("person.sign-out", "sign-out"),
      onPerson("person.join", "join", { provider: "wecom", subject: "lilei" }),
    ]),
    "POST /api/v1/people/{id}/unjoin": {
      action: "person.unjoin",
      prepare: async () => {
        const { id } = await person();
        await db().account.create({
          data: { id: `wecom of ${id}`, userId: id, providerId: "wecom", accountId: `ww1 ${id}` },
        });
        return { params: { id }, body: { reason: REASON, provider: "wecom" } };
      },
    },
    "POST /api/v1/people/{id}/enable": {
      action: "person.enable",
      prepare: async () => {
        const { id } = await person();
        await db().user.update({ where: { id }, data: { disabledAt: new Date() } });
        return { params: { id }, body: { reason: REASON } };
      },
    },
    "POST /api/v1/people/{id}/reset-second-factor": {
      action: "second-factor.reset",
      prepare: async () => {
        const { id } = await person();
        await db().twoFactor.create({
          data: { id, userId: id, secret: "", backupCodes: "", verified: true },
        });
        return { params: { id }, body: { reason: REASON } };
      },
    },
    "POST /api/v1/people/{id}/sessions/{sessionId}/end": {
      action: "person.end-session",
      prepare: async () => {
        const { id } = await person();
        return { params: { id, sessionId: await session(id) }, body: { reason: REASON } };
      },
    },
    "POST /api/reset": {
      action: "person.reset-password",
      actor: themselves,
      prepare: async () => {
        const params = { id: (await person()).id };
        const { link } = await answerOf<{ link: { url: string } }>("POST /api/v1/people/{id}/reset", {
          params,
          body: { reason: REASON },
        });
        return { body: linkUse(link.url) };
      },
    },
    "PATCH /api/v1/me": { action: "person.rename", prepare: async () => ({ body: { name: "Ada L" } }) },
    "DELETE /api/v1/me/sessions/{id}": {
      action: "person.end-session",
      prepare: async () => ({ params: { id: await session(ada.id) } }),
    },
    "DELETE /api/v1/me/sessions": {
      action: "person.end-session",
      prepare: async () => {
        await session(ada.id);
        return {};
      },
    },
    "POST /api/auth/two-factor/verify-totp": {
      action: "second-factor.enrol",
      actor: themselves,
      prepare: async () => {
        const { cookie, code } = await factor(false);
        return { cookie, body: { code } };
      },
    },
    "POST /api/auth/two-factor/verify-backup-code": {
      action: "second-factor.recovery-used",
      actor: themselves,
      prepare: async () => {
        const { email, backupCodes } = await factor(true);
        return { cookie: await signedIn(email), body: { code: backupCodes[0] } };
      },
    },
    "POST /api/auth/two-factor/generate-backup-codes": withFactor("second-factor.codes-renewed"),
    "POST /api/auth/two-factor/disable": withFactor("second-factor.remove"),
    "POST /api/v1/api-keys": {
      action: "api-key.create",
      prepare: async () => ({ body: { name: "till", scopes: ["ingest"], reason: REASON } }),
    },
    "POST /api/v1/api-keys/{id}/rotate": {
      action: "api-key.rotate",
      prepare: async () => ({ params: { id: await key() }, body: { reason: REASON } }),
    },
    "POST /api/v1/api-keys/{id}/revoke": {
      action: "api-key.revoke",
      prepare: async () => ({ params: { id: await key() }, body: { reason: REASON } }),
    },
  };
}
