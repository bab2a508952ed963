import { Suspense } from "react";
import { titled } from "#app/page-title.ts";
import { KeyUsersPage } from "#components/key-users/key-users-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.keyUsers.title);

export default async function KeyUsers() {
  await requirePerson("key-users.read");
  return (
    <Suspense>
      <KeyUsersPage />
    </Suspense>
  );
}
