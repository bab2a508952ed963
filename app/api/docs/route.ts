import { docsPage } from "../../../server/openapi/page.ts";

/** Open to everybody, like the document that it shows. */
export function GET(): Response {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(docsPage(), { headers });
}
