import { titled } from "#app/page-title.ts";
import { AudiencePage } from "#components/audience/audience-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.audience.title);

export default async function Audience() {
  await requirePerson("audience.read");
  return <AudiencePage />;
}
