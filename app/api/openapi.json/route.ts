import { openApiDocument } from "../../../server/openapi/document.ts";

/** Open to everybody: it describes the contract and holds no data. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "cache-control": "no-store" } });
}
