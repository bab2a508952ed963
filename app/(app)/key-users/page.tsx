import { Suspense } from "react";
import { KeyUsersPage } from "../../../components/key-users/key-users-page.tsx";
import { requirePerson } from "../../../server/access/require-person.ts";

export default async function KeyUsers() {
  await requirePerson("key-users.read");
  return (
    <Suspense>
      <KeyUsersPage />
    </Suspense>
  );
}
