import type { CaseSummary } from "#server/contracts/api/retention.ts";
import type { VerbBody, VerbWithBody } from "#server/contracts/cases.ts";

/** What the part of a screen is given that asks what a verb is called with. */
export interface VerbInputProps<V extends VerbWithBody> {
  /** @param onDone when it was done, not before */
  readonly onAct: (body: VerbBody<V>, onDone?: () => void) => void;
  readonly caseId: string;
  /** Somebody else who has the case. */
  readonly owner: CaseSummary["assignee"];
  readonly isBusy: boolean;
  /** Its key was pressed, or its button. */
  readonly isAsked: boolean;
  readonly onAsked: (asked: boolean) => void;
}
