import { Suspense } from "react";
import { titled } from "#app/page-title.ts";
import { ApiKeysPage } from "#components/api-keys/api-keys-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.apiKeys.title);

export default async function ApiKeys() {
  await requirePerson("api-keys.read");
  return (
    <Suspense>
      <ApiKeysPage />
    </Suspense>
  );
}
