import type { Session } from "#components/shell/session.tsx";
import { type Role, rightsOf } from "#server/access/can.ts";

/** Somebody signed in; administrators see and may everything. */
export function aSession(role: Role = "administrator", isDemo = false): Session {
  const person = { kind: "person", id: "lin", name: "Lin Wei", role, sessionId: "session" } as const;
  return {
    id: person.id,
    name: person.name,
    role,
    can: rightsOf(person),
    zone: "Asia/Shanghai",
    isDemo,
    waysIn: { hasPassword: true, providers: [] },
  };
}
