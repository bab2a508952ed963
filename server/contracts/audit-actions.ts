/**
 * Every act that the audit log may hold, by noun: what is recorded, shown and filtered by. An act that is not here cannot be
 * recorded, and one without words in both languages is a type error (components/audit/messages).
 */
export const AUDIT_ACTIONS = {
  session: ["sign-in", "sign-out", "refused"],
  "second-factor": ["asked", "give", "enrol", "remove", "codes-renewed", "recovery-used", "reset"],
  right: ["refused", "alone"],
  person: [
    "create",
    "invite",
    "reissue-invitation",
    "withdraw-invitation",
    "accept-invitation",
    "disable",
    "enable",
    "set-role",
    "set-scope",
    "reset",
    "reset-password",
    "change-password",
    "rename",
    "choose-told",
    "join",
    "unjoin",
    "sign-out",
    "end-session",
  ],
  "api-key": ["create", "rotate", "revoke"],
  "key-users": [
    "add",
    "edit",
    "contact",
    "remove",
    "restore",
    "revert",
    "preview",
    "import",
    "undo-import",
    "export",
    "guess-refused",
  ],
  retention: [
    "claimed",
    "takenOver",
    "released",
    "contacted",
    "snoozed",
    "closed",
    "reopened",
    "noted",
    "called",
    "undone",
  ],
  personal: ["reveal", "reveal-refused", "export", "search-refused"],
  "alert-rules": ["change"],
  settings: ["change"],
  proposal: ["make", "confirm", "refuse", "withdraw"],
  orders: ["revise", "export"],
  "dead-letters": ["replay", "discard"],
  deliveries: ["send-again"],
  audit: ["export"],
  backup: ["make", "restore"],
  sql: ["read"],
  stream: ["replay"],
  data: ["prune"],
  schema: ["migrate"],
  demo: ["wipe"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Actions = typeof AUDIT_ACTIONS;
export type AuditNoun = keyof Actions;
/** Noun and verb, e.g. `session.sign-in`. */
export type AuditAction = { [N in AuditNoun]: `${N}.${Actions[N][number]}` }[AuditNoun];
/** Words for all of them, noun by noun. */
export type AuditWords = { readonly [N in AuditNoun]: Readonly<Record<Actions[N][number], string>> };

export const AUDIT_NOUNS = Object.keys(AUDIT_ACTIONS) as AuditNoun[];
