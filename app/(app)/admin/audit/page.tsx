import { Suspense } from "react";
import { titled } from "#app/page-title.ts";
import { AuditPage } from "#components/audit/audit-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.audit.title);

export default async function Audit() {
  await requirePerson("audit.read");
  return (
    <Suspense>
      <AuditPage />
    </Suspense>
  );
}
