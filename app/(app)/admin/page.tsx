import { redirect } from "next/navigation";
import { ADMIN_TABS } from "#components/shell/admin-tabs.ts";
import { can } from "#server/access/can.ts";
import { signedIn } from "#server/http/require-person.ts";

/** The first part of the administration that one may open. */
export default async function Admin() {
  const person = await signedIn();
  redirect(ADMIN_TABS.find(({ action }) => can(person, action))?.href ?? "/forbidden");
}
