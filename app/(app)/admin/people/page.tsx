import { Suspense } from "react";
import { titled } from "#app/page-title.ts";
import { PeoplePage } from "#components/people/people-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.people.title);

export default async function People() {
  await requirePerson("people.read");
  return (
    <Suspense>
      <PeoplePage />
    </Suspense>
  );
}
