import type { AuditAction } from "../contracts/audit-actions.ts";
import type { ToldAct } from "../contracts/told.ts";

/** Of an act, what says whom it is told. */
interface Told {
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Ids of people; null: whoever may be told, and did not do it. */
type Receivers = readonly string[] | null;

const personOf = ({ subject }: Told): Receivers => [subject.replace(/^person /, "")];
const named =
  (detail: string) =>
  ({ details }: Told): Receivers => {
    const id = details?.[detail];
    return typeof id === "string" ? [id] : [];
  };

/** Whom each act is told that is told at all; whether they have chosen so is asked when it is sent. */
const RECEIVERS: { readonly [A in ToldAct]: (told: Told) => Receivers } = {
  "session.sign-in": (told) =>
    told.details?.isKnownBrowser === false && told.details.isFirst !== true ? personOf(told) : [],
  "person.change-password": personOf,
  "person.reset": personOf,
  "person.reset-password": personOf,
  "person.join": personOf,
  "second-factor.enrol": personOf,
  "second-factor.remove": personOf,
  "second-factor.codes-renewed": personOf,
  "second-factor.recovery-used": personOf,
  "second-factor.reset": personOf,
  // Whoever turns these off is told once more: it may not have been them.
  "person.choose-told": (told) => (told.details?.sign_in === false ? personOf(told) : []),
  "retention.takenOver": named("owner"),
  "retention.closed": named("owner"),
  "proposal.make": () => null,
  "proposal.confirm": named("proposedBy"),
  "proposal.refuse": named("proposedBy"),
};

const isToldAct = (action: AuditAction): action is ToldAct => Object.hasOwn(RECEIVERS, action);

/** Whom an act is told; none: nobody. */
export function receiversOf(act: Told & { readonly action: AuditAction }): Receivers {
  return isToldAct(act.action) ? RECEIVERS[act.action](act) : [];
}
