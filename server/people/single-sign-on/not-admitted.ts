import type { SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";

/** Ends the transaction of a sign-in that comes to nothing, with all that it wrote. */
export class NotAdmitted extends Error {
  override name = "NotAdmitted";
  readonly refusal: SingleSignOnRefusal;
  /** null: they are nobody here. */
  readonly personId: string | null;

  constructor(refusal: SingleSignOnRefusal, personId: string | null) {
    super(refusal);
    this.refusal = refusal;
    this.personId = personId;
  }
}
