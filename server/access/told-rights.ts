import { TOLD_KINDS, type ToldKind } from "../contracts/told.ts";
import { type Action, type Role, rolesThatMay } from "./can.ts";

/** What somebody must be allowed to do to be told of it. */
const TOLD_RIGHTS: Readonly<Record<ToldKind, Action>> = {
  alert: "retention.read",
  taken_over: "retention.work",
  proposal: "settings.write",
  sign_in: "self.write",
};

/** Of what people of a role may be told. */
export const toldKindsOf = (role: Role): readonly ToldKind[] =>
  TOLD_KINDS.filter((kind) => rolesThatMay(TOLD_RIGHTS[kind]).includes(role));
