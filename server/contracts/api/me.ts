import { z } from "zod";
import { TOLD_KINDS } from "../told.ts";
import { instant } from "./common.ts";
import { personSession } from "./people.ts";

const toldKind = z.enum(TOLD_KINDS);

/** What one changes of one's own account; what is not there stays. */
export const ownPatch = z
  .object({
    name: z.string().min(1).max(200).optional(),
    told: z.partialRecord(toldKind, z.boolean()).optional().describe("Of what one is told by e-mail"),
  })
  .refine(({ name, told }) => name !== undefined || told !== undefined, "name what is to change");

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
  told: z.object({
    canMail: z.boolean().describe("Whether a mail server is set"),
    kinds: z
      .array(z.object({ kind: toldKind, isOn: z.boolean() }))
      .describe("Of what one may be told, and whether one is"),
  }),
  sessions: z.array(personSession),
});
export type OwnAccount = z.infer<typeof ownAccount>;

export const endedSessions = z.object({ sessions: z.number().int().describe("That ended") });
