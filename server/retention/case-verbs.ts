import type { Prisma } from "#prisma/client/client.ts";
import type { CaseVerbName, VerbBody } from "../contracts/cases.ts";
import { InvalidInput, OwnedByOther } from "../lib/errors.ts";
import { amountsOfToday, type CaseMutation } from "./case-mutation.ts";
import type { LockedCase } from "./lock-case.ts";

/** Who acts, when, and with what. */
export interface VerbCall<V extends CaseVerbName> {
  /** Id of the person. */
  readonly actor: string;
  readonly now: number;
  readonly body: VerbBody<V>;
}

/** What one verb does; all else of it stands in contracts/cases.ts. */
interface VerbRule<V extends CaseVerbName> {
  readonly summary: string;
  /** What the verb does to this case: pure. @throws {InvalidInput} it makes no sense on it */
  readonly decide: (current: LockedCase, call: VerbCall<V>) => CaseMutation;
}

/** What the verbs of a case do: routes and documents follow this table. */
export const VERB_RULES: { readonly [V in CaseVerbName]: VerbRule<V> } = {
  claim: {
    summary: "Takes a case that nobody has",
    decide: (current, { actor }) => {
      requireOpen(current);
      requireOwner(current, actor, undefined);
      return { columns: { ...triaged("claimed"), assignee: actor } };
    },
  },
  "take-over": {
    summary: "Takes a case from its owner, who is named",
    decide: (current, { actor, body: { from } }) => {
      requireOpen(current);
      requireOwner(current, actor, from);
      return {
        columns: { ...triaged("claimed"), assignee: actor },
        body: { owner: current.assignee_name ?? "" },
      };
    },
  },
  contact: {
    summary: "Notes that the customer was contacted; who did it owns the case if nobody does",
    decide: (current, { actor }) => {
      requireOpen(current);
      return { columns: { ...triaged("contacted"), assignee: current.assignee ?? actor } };
    },
  },
  snooze: {
    summary: "Puts a case off until a time",
    decide: (current, { now, body: { until } }) => {
      requireOpen(current);
      const snoozedUntil = comingInstant(until, now);
      return { columns: { ...triaged("snoozed"), snoozedUntil }, body: { until } };
    },
  },
  call: {
    summary:
      "Tells how a call went; who was reached is contacted, who is to be called back is snoozed until then",
    decide: (current, { actor, now, body: { result, until, note } }) => {
      const body = { result, ...(until ? { until } : {}), ...(note ? { text: note } : {}) };
      const snoozedUntil = result === "call_back" ? comingInstant(until, now) : null;
      if (current.triage === "closed") return { columns: {}, body };
      const assignee = current.assignee ?? actor;
      if (snoozedUntil) {
        return { columns: { ...triaged("snoozed"), snoozedUntil, assignee }, body, decides: true };
      }
      if (result === "reached")
        return { columns: { ...triaged("contacted"), assignee }, body, decides: true };
      return { columns: {}, body };
    },
  },
  note: {
    summary: "Adds a note",
    decide: (_current, { body: { text } }) => ({ columns: {}, body: { text } }),
  },
  close: {
    summary: "Closes a case with its outcome; who did it owns the case if nobody does",
    decide: (current, { actor, now, body: { outcome, note, from } }) => {
      requireOpen(current);
      requireOwner(current, actor, from);
      const assignee = current.assignee ?? actor;
      return {
        columns: { ...triaged("closed"), outcome, closedAt: new Date(now), assignee, openUserId: null },
        resetsAnchor: true,
        body: { outcome, ...(note ? { text: note } : {}) },
      };
    },
  },
  release: {
    summary: "Gives one's own case back to the queue, for anybody",
    decide: (current, { actor }) => {
      requireOpen(current);
      requireOwner(current, actor, undefined);
      return { columns: { ...triaged("new"), assignee: null } };
    },
  },
  // It comes back with its evidence; its owner stays, its amount is the one of today.
  reopen: {
    summary: "Opens a closed case again",
    decide: (current) => {
      if (current.triage !== "closed") throw new InvalidInput("The case is open already.");
      const triage = current.assignee === null ? "new" : "claimed";
      const columns = { ...triaged(triage), ...amountsOfToday(current) };
      return { columns: { ...columns, openUserId: current.user_id, closedAt: null } };
    },
  },
};

/** @throws {InvalidInput} it is none, or over already */
function comingInstant(until: string | undefined, now: number): Date {
  const instant = new Date(until ?? Number.NaN);
  if (instant.getTime() > now) return instant;
  throw new InvalidInput("Snooze until a time that is still to come.", { field: "until" });
}

/** @throws {InvalidInput} the case is closed */
function requireOpen(current: LockedCase): void {
  if (current.triage === "closed") throw new InvalidInput("The case is closed. Reopen it first.");
}

/** Whoever has a case keeps it, unless the act names its owner (rule W3). @throws {OwnedByOther} */
function requireOwner(
  { assignee, assignee_name }: LockedCase,
  actor: string,
  named: string | undefined,
): void {
  if (assignee === null || assignee === actor || assignee === named) return;
  throw new OwnedByOther({ id: assignee, name: assignee_name ?? assignee });
}

/** A person's triage state: it shows from now on, so the stream's mark and a snooze go. */
const triaged = (triage: string): Prisma.RetentionCaseUpdateInput => ({
  triage,
  state: triage,
  mark: null,
  snoozedUntil: null,
});
