import { z } from "zod";
import type { Action } from "../access/can.ts";
import type { Context } from "../context.ts";
import { alertRulesPatch } from "../contracts/api/alert-rules.ts";
import { settingsPatch } from "../contracts/api/settings.ts";
import type { ProposableAct } from "../contracts/four-eyes.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { importSent, listSent } from "../key-users/propose-import.ts";
import { requireTwoLeft } from "../people/guarded-accounts.ts";
import { performVerb } from "../people/person-verbs.ts";
import { changeAlertRules } from "../retention/change-alert-rules.ts";
import { changeSettings } from "../settings/change-settings.ts";
import { requireSecondAdministrator } from "../settings/guards.ts";

export type ActNeeds = Pick<
  Context,
  "db" | "pool" | "cipher" | "now" | "config" | "settings" | "publish" | "time" | "log"
>;

/** With what a proposed act is done. */
interface Call<P> {
  readonly ctx: ActNeeds;
  readonly payload: P;
  /** Who proposed it, as audit rows name actors: the act is theirs. */
  readonly by: string;
  readonly reason: string | null;
  /** What the confirmer has looked at, where it may have moved since it was proposed. */
  readonly seen: string | undefined;
  readonly confirmation: Confirmation;
}

interface Act<S extends z.ZodType> {
  /** Who proposed it must still have it. */
  readonly right: Action;
  readonly payload: S;
  /** Does it as it would be done without a second administrator; done twice, it refuses or changes nothing. */
  readonly perform: (call: Call<z.output<S>>) => Promise<unknown>;
}

const defineAct = <S extends z.ZodType>(act: Act<S>): Act<z.ZodType> => act as unknown as Act<z.ZodType>;

/** Everything that may wait. Where it is proposed: the routes of each. */
export const ACTS: Readonly<Record<ProposableAct, Act<z.ZodType>>> = {
  thresholds: defineAct({
    right: "alert-rules.write",
    payload: z.object({ version: z.number(), patch: alertRulesPatch }),
    perform: ({ ctx, by, payload: { version, patch }, confirmation }) =>
      changeAlertRules(ctx, { id: by }, version, patch, confirmation),
  }),
  list: defineAct({
    right: "key-users.write",
    payload: listSent,
    // It does what it would have done when it was proposed, or what its confirmer has looked at since; else nothing.
    perform: ({ ctx, by, payload: { choices, ...sent }, seen, confirmation }) => {
      const preview = seen ?? choices.preview;
      const given = { ...sent, choices: { ...choices, preview } };
      return importSent(ctx, { id: by }, given, { dryRun: false, confirmation });
    },
  }),
  roles: defineAct({
    right: "people.write",
    payload: z.object({ person: z.string(), role: z.string(), from: z.string().optional() }),
    perform: async ({ ctx, by, reason, payload: { person, ...given }, confirmation }) => {
      await requireTwoLeft(ctx, person);
      return performVerb(ctx.db, "role", { id: person }, { by, reason: reason ?? "", given, confirmation });
    },
  }),
  settings: defineAct({
    right: "settings.write",
    payload: z.object({ version: z.number(), patch: settingsPatch }),
    perform: async ({ ctx, by, payload: { version, patch }, confirmation }) => {
      // Whom there was to confirm, and who was invited, is another matter by now.
      await requireSecondAdministrator(ctx, patch);
      return changeSettings(ctx, by, version, patch, confirmation);
    },
  }),
};
