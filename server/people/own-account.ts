import type { PrismaClient } from "#prisma/client/client.ts";
import type { Role, SessionFactor } from "../access/can.ts";
import { recoveryCodesLeft } from "../access/second-factor/recovery-codes.ts";
import { asksSecondFactor, type SecondFactorRule } from "../access/second-factor/rule.ts";
import { toldKindsOf } from "../access/told-rights.ts";
import type { OwnAccount } from "../contracts/api/me.ts";
import { isChosen, type ToldChoices } from "../contracts/told.ts";
import { sessionsOf } from "./person-sessions.ts";

/** Who reads: the signed-in person. */
export interface Self {
  readonly id: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly secondFactor?: SessionFactor;
}

interface Asked {
  readonly db: PrismaClient;
  /** With which second factors are sealed. */
  readonly secret: string;
  readonly rule: SecondFactorRule;
  /** Whether a mail server is set. */
  readonly canMail: boolean;
  readonly now: Date;
}

/** What a person's own page shows. */
export async function ownAccount({ db, secret, rule, canMail, now }: Asked, self: Self): Promise<OwnAccount> {
  const person = await db.user.findUniqueOrThrow({
    where: { id: self.id },
    select: {
      name: true,
      email: true,
      username: true,
      twoFactor: { select: { enrolledAt: true } },
      told: true,
    },
  });
  const codesLeft = await recoveryCodesLeft(db, secret, self.id);
  return {
    name: person.name,
    email: person.email,
    username: person.username,
    role: self.role,
    secondFactor: {
      isAsked: asksSecondFactor(rule, self.role),
      enrolledAt: codesLeft === null ? null : (person.twoFactor?.enrolledAt?.toISOString() ?? null),
      recoveryCodesLeft: codesLeft,
    },
    told: { canMail, kinds: kindsOf(self.role, person.told as ToldChoices) },
    sessions: await sessionsOf(db, self.id, { own: self.sessionId, now: now.getTime() }),
  };
}

const kindsOf = (role: Role, choices: ToldChoices) =>
  toldKindsOf(role).map((kind) => ({ kind, isOn: isChosen(choices, kind) }));

/** Whether a person has enrolled a second factor. */
export async function hasSecondFactor(db: Pick<PrismaClient, "user">, id: string): Promise<boolean> {
  return (await db.user.findUniqueOrThrow({ where: { id } })).twoFactorEnabled;
}
