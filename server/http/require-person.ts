import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Action, type Actor, can, type Role } from "../access/can.ts";
import { clientAddress } from "../access/client-address.ts";
import { context } from "../context.ts";
import { ASKED_FOR, signInPath } from "./return-path.ts";

export type Person = Extract<Actor, { kind: "person" }>;

/** The signed-in person, or null. For server components. */
export async function currentPerson(): Promise<Person | null> {
  const actor = await context().authenticate(await headers());
  return actor?.kind === "person" ? actor : null;
}

/** The signed-in person; anybody else is sent to the sign-in page, which leads back to the address that was asked for. */
export async function signedIn(): Promise<Person> {
  return (await currentPerson()) ?? redirect(signInPath((await headers()).get(ASKED_FOR)));
}

/** Sends anybody who is not signed in to the sign-in page, and who may not see this page to the page that says so. */
export async function requirePerson(action: Action): Promise<Person> {
  const person = await signedIn();
  if (!can(person, action)) {
    const own = await headers();
    context().noteRefused({
      actor: person,
      right: action,
      at: "page",
      address: clientAddress({ headers: own }),
    });
    redirect("/forbidden");
  }
  return person;
}

/** Each role's own screen. */
export const HOME: Readonly<Record<Role, string>> = {
  operations: "/orders",
  manager: "/retention",
  administrator: "/key-users",
  auditor: "/admin/audit",
};
