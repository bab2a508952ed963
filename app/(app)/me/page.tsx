import { titled } from "#app/page-title.ts";
import { AccountPage } from "#components/account/account-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.account.title);

export default async function Me() {
  await requirePerson("session.read");
  return <AccountPage />;
}
