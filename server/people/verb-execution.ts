import type { Prisma } from "#prisma/client/client.ts";
import type { Config } from "../config/config.ts";
import type { GivenTo, PersonVerbName } from "../contracts/person-verbs.ts";
import type { LockedPerson } from "./person-act.ts";

/** With what a verb is done. */
export interface VerbCall<V extends PersonVerbName> {
  readonly given: GivenTo<V>;
  /** Names the providers by which people sign in. */
  readonly config: Pick<Config, "groups">;
  /** As audit rows name actors. */
  readonly by: string;
  /** Of the link's token, for a verb that gives one. */
  readonly hash: string;
  /** ms */
  readonly now: number;
}

/** What a verb does to a person whose row is locked. @returns details for the audit row */
export type VerbExecution<V extends PersonVerbName> = (
  tx: Prisma.TransactionClient,
  person: LockedPerson,
  call: VerbCall<V>,
) => Promise<Readonly<Record<string, unknown>>>;
