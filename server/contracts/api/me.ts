import { z } from "zod";
import { instant } from "./common.ts";
import { personSession } from "./people.ts";

/** Another name for oneself. */
export const ownName = z.object({ name: z.string().min(1).max(200) });

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
  sessions: z.array(personSession),
});
export type OwnAccount = z.infer<typeof ownAccount>;

export const endedSessions = z.object({ sessions: z.number().int().describe("That ended") });
