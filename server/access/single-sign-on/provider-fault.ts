import type { SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";

/** Ends a sign-in of which the provider did not say who is there; what it was stands in the log. */
export class ProviderFault extends Error {
  override name = "ProviderFault";
  readonly refusal: SingleSignOnRefusal;

  constructor(refusal: SingleSignOnRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}
