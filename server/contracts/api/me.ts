import { z } from "zod";
import { instant } from "./common.ts";

/** Another name for oneself. */
export const ownName = z.object({ name: z.string().min(1).max(200) });

export const ownSession = z.object({
  id: z.string(),
  isThis: z.boolean().describe("The one that asks"),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string(),
  since: instant.describe("When it began, by signing in"),
  hasSecondFactor: z.boolean().describe("A second factor was given in it"),
});
export type OwnSession = z.infer<typeof ownSession>;

/** What a person's own page shows. */
export const ownAccount = z.object({
  name: z.string(),
  email: z.string(),
  username: z.string().nullable(),
  role: z.string(),
  secondFactor: z.object({
    isAsked: z.boolean().describe("Whoever has this role works with a second factor alone"),
    enrolledAt: instant.nullable().describe("null: there is none"),
    recoveryCodesLeft: z.number().int().nullable(),
  }),
  sessions: z.array(ownSession),
});
export type OwnAccount = z.infer<typeof ownAccount>;

export const endedSessions = z.object({ sessions: z.number().int().describe("That ended") });
