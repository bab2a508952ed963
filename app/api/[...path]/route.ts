import { context } from "#server/context.ts";
import { NotFound } from "#server/lib/errors.ts";
import { problemOf } from "#server/lib/problem.ts";
import { ROUTER } from "#server/routes.ts";

/** Every request under /api. What no route takes was answered before it came here (server/system/api-guard.ts). */
async function answer(request: Request): Promise<Response> {
  const found = ROUTER.find(request.method, new URL(request.url).pathname);
  if (found) return found.route.respond(request, found.params);
  const { status, headers, body } = problemOf(new NotFound("There is no such address."), context().log);
  return new Response(JSON.stringify(body), { status, headers });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST };
