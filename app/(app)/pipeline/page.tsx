import { titled } from "#app/page-title.ts";
import { PipelinePage } from "#components/pipeline/pipeline-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.pipeline.title);

export default async function Pipeline() {
  await requirePerson("pipeline.read");
  return <PipelinePage />;
}
