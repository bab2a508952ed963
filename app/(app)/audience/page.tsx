import { AudiencePage } from "../../../components/audience/audience-page.tsx";
import { requirePerson } from "../../../server/access/require-person.ts";

export default async function Audience() {
  await requirePerson("audience.read");
  return <AudiencePage />;
}
