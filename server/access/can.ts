/** The one table of rights: HTTP, pages and sockets all ask it. */

export const ROLES = ["operations", "manager", "administrator"] as const;
export type Role = (typeof ROLES)[number];

export const ACTIONS = [
  "orders.read",
  "orders.revise",
  "retention.read",
  "retention.work",
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
  "ingest.write",
  "ingest.replay",
  "demo.wipe",
  "session.read",
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
      readonly sessionId: string;
      /** Unset is none. */
      readonly secondFactor?: SessionFactor;
    }
  | {
      readonly kind: "machine";
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly Scope[];
    };

/** What a key may be made for. */
export const SCOPES = ["ingest", "read", "features", "key-users", "replay"] as const;
export type Scope = (typeof SCOPES)[number];

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

/** What is everybody's own: all that a session may that owes a second factor. */
export const SELF: readonly Action[] = ["session.read", "self.write"];

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
    "key-users.read",
    "audience.read",
    "alert-rules.read",
  ]),
  administrator: new Set([
    ...SELF,
    ...READ,
    "orders.revise",
    "retention.work",
    "key-users.write",
    "alert-rules.write",
    "dead-letters.edit",
    "deliveries.send-again",
    "demo.wipe",
  ]),
};

const BY_SCOPE: Readonly<Record<Scope, ReadonlySet<Action>>> = {
  ingest: new Set(["ingest.write"]),
  read: new Set(READ),
  features: new Set(["features.read"]),
  "key-users": new Set(["key-users.read", "key-users.write"]),
  replay: new Set(["ingest.write", "ingest.replay"]),
};

export function can(actor: Actor, action: Action): boolean {
  if (actor.kind === "person") {
    return BY_ROLE[actor.role].has(action) && (actor.secondFactor !== "needed" || SELF.includes(action));
  }
  return actor.scopes.some((scope) => BY_SCOPE[scope].has(action));
}

export const rolesThatMay = (action: Action): Role[] => ROLES.filter((role) => BY_ROLE[role].has(action));

/** What a person may, for the browser to show or hide; the server asks again at each request. */
export const rightsOf = (actor: Actor): Action[] => ACTIONS.filter((action) => can(actor, action));
