import { type Actor, ROLES } from "../access/can.ts";
import { dataScopeOf, isInScope } from "../access/data-scope.ts";
import { isInForce } from "../access/in-force.ts";
import { toldKindsOf } from "../access/told-rights.ts";
import { isChosen, TOLD_KIND_OF, type ToldChoices } from "../contracts/told.ts";
import type { AnyNotice } from "./channel.ts";

/** A person as they stand. */
export interface Receiver {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string | null;
  readonly segments: readonly string[];
  readonly disabledAt: Date | null;
  readonly told: ToldChoices;
}

/** A notice, and how what it tells of stands. */
export interface Circumstances {
  readonly notice: AnyNotice;
  /** Of its customer; null: none, or it is about no customer. */
  readonly segment: string | null;
  /** Of its proposal; null: it is about none. */
  readonly proposalState: string | null;
  /** Who is told of every alert by the e-mail channel: an alert is told once. */
  readonly listed: readonly string[];
}

/** Whether somebody is told something, by what holds at this moment: their choice, their rights, their scope. Pure. */
export function isTold(
  receiver: Receiver,
  { notice, segment, proposalState, listed }: Circumstances,
): boolean {
  const kind = TOLD_KIND_OF[notice.kind];
  const role = ROLES.find((each) => each === receiver.role);
  // The demo's addresses are nobody's.
  if (role === undefined || !isInForce(receiver, false)) return false;
  const isLast = notice.kind === "person.choose-told";
  if (!(isLast || isChosen(receiver.told, kind)) || !toldKindsOf(role).includes(kind)) return false;
  const { id, name, segments } = receiver;
  const actor: Actor = { kind: "person", id, name, role, segments, sessionId: "" };
  if (notice.caseId !== null && !isInScope(dataScopeOf(actor), segment)) return false;
  if (notice.kind === "proposal.make") return proposalState === "open";
  return kind !== "alert" || !listed.some((each) => each.toLowerCase() === receiver.email);
}
