import type { AuthContext } from "../auth-context.ts";
import type { Person } from "./with-password.ts";

/** When the session began that a person is asking in. */
export async function beganAt({ db }: AuthContext, { sessionId }: Pick<Person, "sessionId">): Promise<Date> {
  const { createdAt } = await db.session.findUniqueOrThrow({
    where: { id: sessionId },
    select: { createdAt: true },
  });
  return createdAt;
}

/**
 * A session that takes the place of another is as old as that: else whoever sits at a page renews the end of its twelve hours, and what only
 * a fresh sign-in may, by changing the second factor again and again.
 */
export async function keepAge({ db }: AuthContext, { id }: Pick<Person, "id">, began: Date): Promise<void> {
  await db.session.updateMany({
    where: { userId: id, createdAt: { gt: began } },
    data: { createdAt: began },
  });
}
