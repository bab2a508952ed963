import { docsPage } from "#server/http/openapi/page.ts";

/** Open to everybody, like the document that it shows. */
export function GET(): Response {
  return new Response(docsPage(), { headers: { "content-type": "text/html; charset=utf-8" } });
}
