import type { PrismaClient } from "#prisma/client/client.ts";
import { actOnPerson, type PersonAct, type PersonActed } from "./person-act.ts";

/** Ends every session of a person, who may sign in again: a laptop was lost. */
export function signOutPerson(db: PrismaClient, who: string, act: PersonAct): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "person.sign-out",
    endsSessions: true,
    execute: async () => ({}),
  });
}
