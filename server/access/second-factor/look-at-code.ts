import { symmetricDecrypt } from "better-auth/crypto";
import { InvalidInput } from "#server/lib/errors.ts";
import { answerOf } from "../auth-answer.ts";
import type { AuthContext } from "../auth-context.ts";
import type { Refusal, Said } from "../refusal-log.ts";
import { spendStep, stepOf } from "./one-time-code.ts";

/** A code that somebody says. */
interface Code {
  /** What better-auth is asked with, where that is not the request as it came. */
  readonly asking?: Request;
  readonly personId: string;
  readonly code: string;
  readonly says: Exclude<Said, "password">;
  readonly at: Refusal["at"];
}

/**
 * Lets better-auth look at a code, and at each six digits once: counted by person, and whatever it answers.
 * @throws {TooBusy}
 * @throws {InvalidInput} the code was used already
 */
export async function lookAtCode(
  ctx: AuthContext,
  request: Request,
  { personId, code, says, at, asking = request }: Code,
): Promise<Response> {
  const { headers } = request;
  return ctx.guess({ headers, personId, name: { email: "" }, says, at }, async () => {
    if (says === "code" && (await isSpent(ctx, personId, code))) return USED.clone();
    return ctx.ask(asking, { code });
  });
}

const USED = Response.json({ code: "CODE_USED" }, { status: 401 });

/** Spends six digits that are right; those that are wrong are better-auth's to refuse. */
async function isSpent({ db, pool, secret }: AuthContext, personId: string, code: string): Promise<boolean> {
  const factor = await db.twoFactor.findUnique({ where: { userId: personId } });
  if (!factor) return false;
  const key = await symmetricDecrypt({ key: secret, data: factor.secret });
  const step = stepOf(key, code, Date.now());
  return step !== null && !(await spendStep(pool, personId, step));
}

/** What a code was refused for, in words; null: for something else. */
export async function codeRefusal(response: Response): Promise<InvalidInput | null> {
  switch ((await answerOf(response)).code) {
    case "INVALID_CODE":
      return refused("wrong", "That code is not right. Take the one that your app shows now.");
    case "CODE_USED":
      return refused("used", "That code was used already. Wait for the next one.");
    case "INVALID_BACKUP_CODE":
      return refused("wrong", "That is none of your recovery codes, or it was used already.");
    default:
      return null;
  }
}

const refused = (reason: string, message: string) => new InvalidInput(message, { field: "code", reason });
