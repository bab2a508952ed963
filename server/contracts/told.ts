import type { AuditAction } from "./audit-actions.ts";

/** What an alert does to its case, where that is told (rule K9). */
export const ALERT_KINDS = ["opened", "regressed", "escalated"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

interface ToldShape {
  /** Whether somebody is told who has not chosen yet. */
  readonly isOn: boolean;
  /** Alerts or acts of the audit log that it stands for. */
  readonly of: readonly (AlertKind | AuditAction)[];
}

/**
 * Of what a person may choose to be told by e-mail. Who is told of an act stands in server/db/told.ts, which right it takes in
 * server/access/told-rights.ts, its words in components/account/messages and server/notifications/act-words.ts.
 */
export const TOLD = {
  alert: { isOn: false, of: ALERT_KINDS },
  taken_over: { isOn: false, of: ["retention.takenOver", "retention.closed"] },
  proposal: { isOn: false, of: ["proposal.make", "proposal.confirm", "proposal.refuse"] },
  sign_in: {
    isOn: true,
    of: [
      "session.sign-in",
      "person.change-password",
      "person.reset",
      "person.reset-password",
      "person.join",
      "second-factor.enrol",
      "second-factor.remove",
      "second-factor.codes-renewed",
      "second-factor.recovery-used",
      "second-factor.reset",
      "person.choose-told",
    ],
  },
} as const satisfies Readonly<Record<string, ToldShape>>;

export type ToldKind = keyof typeof TOLD;
export const TOLD_KINDS = Object.keys(TOLD) as [ToldKind, ...ToldKind[]];

type Told = (typeof TOLD)[ToldKind]["of"][number];
/** An act of the audit log that somebody is told. */
export type ToldAct = Exclude<Told, AlertKind>;

/** By alert or act: the kind that people choose. */
export const TOLD_KIND_OF = Object.fromEntries(
  TOLD_KINDS.flatMap((kind) => TOLD[kind].of.map((each) => [each, kind])),
) as Readonly<Record<Told, ToldKind>>;

/** What a person has chosen; what is not there is as it comes. */
export type ToldChoices = { readonly [K in ToldKind]?: boolean | undefined };

export const isChosen = (choices: ToldChoices, kind: ToldKind): boolean => choices[kind] ?? TOLD[kind].isOn;
