import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestServer } from "./server.ts";

export const ROLES = ["operations", "manager", "administrator", "auditor"] as const;
export type Role = (typeof ROLES)[number];

export const PASSWORD = "a long test password";
export const API_KEY = "e2e-key-0123456789abcdef0123456789";
/** Two managers, so that one can be faster than the other. */
export const PEOPLE = [
  { email: "ops@example.test", name: "Olivia Ops", role: "operations" },
  { email: "manager@example.test", name: "Lin Wei", role: "manager" },
  { email: "second@example.test", name: "He Min", role: "manager" },
  { email: "admin@example.test", name: "Ada Admin", role: "administrator" },
  { email: "auditor@example.test", name: "Iris Audit", role: "auditor" },
] as const;

/** Makes the people with the project's own command line, beside the running server. */
export async function makePeople(
  server: TestServer,
  people: readonly { readonly email: string; readonly name: string; readonly role: Role }[] = PEOPLE,
): Promise<void> {
  for (const { email, name, role } of people) {
    const making = promisify(execFile)(
      process.execPath,
      [
        "server/cli/main.ts",
        "user",
        "create",
        "--email",
        email,
        "--name",
        name,
        "--role",
        role,
        "--password-stdin",
      ],
      { env: { ...process.env, DATA_DIR: server.dataDir } },
    );
    making.child.stdin?.end(`${PASSWORD}\n`);
    await making;
  }
}
