import { describe, expect, test } from "vitest";
import {
  ACTIONS,
  type Action,
  type Actor,
  can,
  grantedTo,
  ROLES,
  type Role,
  SCOPES,
  type Scope,
} from "./can.ts";

const person = (role: Role): Actor => ({ kind: "person", id: "1", name: "P", role, sessionId: "s" });
const machine = (...scopes: Scope[]): Actor => ({ kind: "machine", id: "1", name: "M", scopes });
const rights = (actor: Actor): Action[] => ACTIONS.filter((action) => can(actor, action));

/** Who may what, written a second time, the other way round. */
const WHO: Readonly<Record<Action, readonly (Role | Scope)[]>> = {
  "orders.read": ["operations", "manager", "administrator", "auditor", "read"],
  "orders.revise": ["administrator"],
  "retention.read": ["manager", "administrator", "read"],
  "retention.work": ["manager", "administrator"],
  "personal.reveal": ["manager"],
  "personal.export": [],
  "key-users.read": ["manager", "administrator", "read", "key-users"],
  "key-users.write": ["administrator", "key-users"],
  "audience.read": ["operations", "manager", "administrator", "auditor", "read"],
  "features.read": ["administrator", "read", "features"],
  "pipeline.read": ["operations", "administrator", "auditor", "read"],
  "dead-letters.read": ["operations", "administrator", "read"],
  "dead-letters.edit": ["administrator"],
  "deliveries.read": ["operations", "administrator", "read"],
  "deliveries.send-again": ["administrator"],
  "alert-rules.read": ["manager", "administrator", "read"],
  "alert-rules.write": ["administrator"],
  "ingest.write": ["ingest", "replay"],
  "ingest.replay": ["replay"],
  "demo.wipe": ["administrator"],
  "session.read": ["operations", "manager", "administrator", "auditor"],
  "audit.read": ["administrator", "auditor"],
  "people.read": ["administrator", "auditor"],
  "people.write": ["administrator"],
  "api-keys.read": ["administrator", "auditor"],
  "api-keys.write": ["administrator"],
  "settings.read": ["administrator", "auditor"],
  "settings.write": ["administrator"],
  "self.write": ["operations", "manager", "administrator", "auditor"],
};

describe("can", () => {
  test.each(ROLES)("%s may exactly this", (role) => {
    expect(rights(person(role))).toEqual(ACTIONS.filter((action) => WHO[action].includes(role)));
  });

  test.each(ROLES)(
    "%s without the second factor that is needed may nothing but be told who they are",
    (role) => {
      expect(rights({ ...person(role), secondFactor: "needed" } as Actor)).toEqual(["session.read"]);
      for (const secondFactor of ["given", "none"] as const) {
        expect(rights({ ...person(role), secondFactor } as Actor)).toEqual(rights(person(role)));
      }
    },
  );

  test("names and telephones in clear are exported by nobody, or by administrators where the installation says so", () => {
    for (const role of ROLES) {
      expect(grantedTo(role, "nobody")).toEqual([]);
      const actor = { ...person(role), granted: grantedTo(role, "administrators") } as Actor;
      expect(can(actor, "personal.export")).toBe(role === "administrator");
      expect(can({ ...actor, secondFactor: "needed" } as Actor, "personal.export")).toBe(false);
    }
  });

  test.each(SCOPES)("a key for %s may exactly this", (scope) => {
    expect(rights(machine(scope))).toEqual(ACTIONS.filter((action) => WHO[action].includes(scope)));
  });

  test("a key without scopes may nothing, and scopes add up", () => {
    expect(rights(machine())).toEqual([]);
    expect(rights(machine("ingest", "features"))).toEqual(["features.read", "ingest.write"]);
  });
});
