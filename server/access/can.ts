/** The one table of rights: HTTP, pages and sockets all ask it. */

import { ROLES, type Role } from "../contracts/roles.ts";
import type { Scope } from "../contracts/scopes.ts";

export { ROLES, type Role };

export const ACTIONS = [
  "orders.read",
  "orders.revise",
  "retention.read",
  "retention.work",
  "personal.reveal",
  "personal.export",
  "key-users.read",
  "key-users.write",
  "audience.read",
  "features.read",
  "pipeline.read",
  "dead-letters.read",
  "dead-letters.edit",
  "deliveries.read",
  "deliveries.send-again",
  "alert-rules.read",
  "alert-rules.write",
  "api-keys.read",
  "api-keys.write",
  "ingest.write",
  "ingest.replay",
  "demo.wipe",
  "session.read",
  "audit.read",
  "people.read",
  "people.write",
  "settings.read",
  "settings.write",
  "self.write",
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * How a session stands: given, a second factor was; needed, it must be before anything else is done; none, and none is asked.
 */
export type SessionFactor = "given" | "needed" | "none";

/** Who asks: a person with a session, or a machine with an API key. */
export type Actor =
  | {
      readonly kind: "person";
      readonly id: string;
      readonly name: string;
      readonly role: Role;
      /** Segments of the key-user list that a manager sees; none: all customers. */
      readonly segments?: readonly string[];
      readonly sessionId: string;
      /** Unset is none. */
      readonly secondFactor?: SessionFactor;
      /** Rights that no role has and the installation's settings give. */
      readonly granted?: readonly Action[];
    }
  | {
      readonly kind: "machine";
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly Scope[];
    };

export { SCOPES, type Scope } from "../contracts/scopes.ts";

const READ: readonly Action[] = [
  "orders.read",
  "retention.read",
  "key-users.read",
  "audience.read",
  "features.read",
  "pipeline.read",
  "dead-letters.read",
  "deliveries.read",
  "alert-rules.read",
];

/** How the installation is run, and who did what in it: for people alone, never for a key. */
const OVERSEE: readonly Action[] = ["audit.read", "people.read", "api-keys.read", "settings.read"];
/** What is everybody's own. */
const SELF: readonly Action[] = ["session.read", "self.write"];
/** All that a session may that owes a second factor, beside enrolling one and signing out. */
export const WHILE_OWING: readonly Action[] = ["session.read"];

const BY_ROLE: Readonly<Record<Role, ReadonlySet<Action>>> = {
  operations: new Set([
    ...SELF,
    "orders.read",
    "audience.read",
    "pipeline.read",
    "dead-letters.read",
    "deliveries.read",
  ]),
  manager: new Set([
    ...SELF,
    "orders.read",
    "retention.read",
    "retention.work",
    "personal.reveal",
    "key-users.read",
    "audience.read",
    "alert-rules.read",
  ]),
  administrator: new Set([
    ...SELF,
    ...READ,
    ...OVERSEE,
    "people.write",
    "api-keys.write",
    "settings.write",
    "orders.revise",
    "retention.work",
    "key-users.write",
    "alert-rules.write",
    "dead-letters.edit",
    "deliveries.send-again",
    "demo.wipe",
  ]),
  // Sees what is done and by whom, and writes nothing.
  auditor: new Set([...SELF, ...OVERSEE, "orders.read", "audience.read", "pipeline.read"]),
};

/** What PERSONAL_EXPORT may say. */
export type PersonalExportRule = "nobody" | "administrators";

/** What the settings of an installation give a role beside its own rights: names and telephones in clear are nobody's by default. */
export const grantedTo = (role: Role, rule: PersonalExportRule): readonly Action[] =>
  rule === "administrators" && role === "administrator" ? ["personal.export"] : [];

const BY_SCOPE: Readonly<Record<Scope, ReadonlySet<Action>>> = {
  ingest: new Set(["ingest.write"]),
  read: new Set(READ),
  features: new Set(["features.read"]),
  "key-users": new Set(["key-users.read", "key-users.write"]),
  replay: new Set(["ingest.write", "ingest.replay"]),
};

export function can(actor: Actor, action: Action): boolean {
  if (actor.kind === "person") {
    const has = BY_ROLE[actor.role].has(action) || actor.granted?.includes(action) === true;
    return has && (actor.secondFactor !== "needed" || WHILE_OWING.includes(action));
  }
  return actor.scopes.some((scope) => BY_SCOPE[scope].has(action));
}

export const rolesThatMay = (action: Action): Role[] => ROLES.filter((role) => BY_ROLE[role].has(action));

/** What a person may, for the browser to show or hide; the server asks again at each request. */
export const rightsOf = (actor: Actor): Action[] => ACTIONS.filter((action) => can(actor, action));
