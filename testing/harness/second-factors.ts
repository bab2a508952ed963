import { AuthenticatorApp } from "../factories/codes.ts";
import { TEST_PASSWORD } from "../factories/people.ts";
import { cookiesOf, type From, type signInsForEachTest } from "./sign-ins.ts";

/** What Lin has in hand after enrolling. */
export interface Enrolled {
  readonly app: AuthenticatorApp;
  readonly recoveryCodes: readonly string[];
  /** Of the session that has the factor. */
  readonly cookie: string;
}

/** Lin's ways with a second factor. Codes: enrolling spends that of now, the next one is good in the same half minute. */
export function secondFactorsOf(harness: ReturnType<typeof signInsForEachTest>) {
  const post = (path: string, body: object, from: From = {}) =>
    harness.call(`/two-factor/${path}`, body, from);

  async function begin(cookie: string) {
    const response = await post("enable", { password: TEST_PASSWORD }, { cookie });
    if (!response.ok) throw new Error(`enable: ${response.status} ${await response.text()}`);
    const { totpURI, backupCodes } = (await response.json()) as { totpURI: string; backupCodes: string[] };
    return { app: new AuthenticatorApp(totpURI), recoveryCodes: backupCodes, totpURI };
  }

  return {
    post,
    begin,
    enrol: async (given?: string): Promise<Enrolled> => {
      const cookie = given ?? cookiesOf(await harness.signIn());
      const { app, recoveryCodes } = await begin(cookie);
      const confirmed = await post("verify-totp", { code: app.code() }, { cookie });
      if (!confirmed.ok) throw new Error(`confirm: ${confirmed.status} ${await confirmed.text()}`);
      return { app, recoveryCodes, cookie: cookiesOf(confirmed) };
    },
    /** The password is right; what the browser holds until the code is given. */
    challenge: async (from: From = {}): Promise<string> => {
      const response = await harness.signIn(TEST_PASSWORD, from);
      if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
      return cookiesOf(response);
    },
    giveCode: (cookie: string, code: string, from: From = {}) =>
      post("verify-totp", { code }, { ...from, cookie }),
    giveRecoveryCode: (cookie: string, code: string) => post("verify-backup-code", { code }, { cookie }),
    /** As if the half minutes of all codes that were given had gone by. */
    forgetSteps: () => harness.database.pool.query(`UPDATE two_factor SET "lastUsedStep" = NULL`),
  };
}
