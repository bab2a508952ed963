import type { PrismaClient } from "#prisma/client/client.ts";
import type { Role, SessionFactor } from "../access/can.ts";
import { recoveryCodesLeft } from "../access/second-factor/recovery-codes.ts";
import { asksSecondFactor, type SecondFactorRule } from "../access/second-factor/rule.ts";
import type { OwnAccount } from "../contracts/api/me.ts";
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
  readonly now: Date;
}

/** What a person's own page shows. */
export async function ownAccount({ db, secret, rule, now }: Asked, self: Self): Promise<OwnAccount> {
  const person = await db.user.findUniqueOrThrow({
    where: { id: self.id },
    select: {
      name: true,
      email: true,
      username: true,
      twoFactor: { select: { enrolledAt: true } },
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
    sessions: await sessionsOf(db, self.id, { own: self.sessionId, now: now.getTime() }),
  };
}

/** Whether a person has enrolled a second factor. */
export async function hasSecondFactor(db: Pick<PrismaClient, "user">, id: string): Promise<boolean> {
  return (await db.user.findUniqueOrThrow({ where: { id } })).twoFactorEnabled;
}
