import { Suspense } from "react";
import { titled } from "#app/page-title.ts";
import { RetentionPage } from "#components/retention/retention-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.retention.title);

export default async function Retention() {
  await requirePerson("retention.read");
  return (
    <Suspense>
      <RetentionPage />
    </Suspense>
  );
}
