import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Action, type Actor, can, type Role } from "../access/can.ts";
import { clientAddress } from "../access/client-address.ts";
import { context } from "../context.ts";
import { ASKED_FOR, enrolPath, signInPath } from "./return-path.ts";

export type Person = Extract<Actor, { kind: "person" }>;

/** The signed-in person, or null. For server components. */
export async function currentPerson(): Promise<Person | null> {
  // A page is for people: a key is no way to one, nor does it count as asked for.
  const own = new Headers(await headers());
  own.delete("authorization");
  const actor = await context().authenticate(own);
  return actor?.kind === "person" ? actor : null;
}

/**
 * The signed-in person; anybody else is sent to the sign-in page, and who owes a second factor to the page that enrols one. Both lead
 * back to the address that was asked for.
 */
export async function signedIn(): Promise<Person> {
  const person = await currentPerson();
  const asked = (await headers()).get(ASKED_FOR);
  if (!person) redirect(signInPath(asked));
  if (person.secondFactor === "needed") redirect(enrolPath(asked));
  return person;
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
