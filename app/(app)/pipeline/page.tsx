import { PipelinePage } from "../../../components/pipeline/pipeline-page.tsx";
import { requirePerson } from "../../../server/access/require-person.ts";

export default async function Pipeline() {
  await requirePerson("pipeline.read");
  return <PipelinePage />;
}
