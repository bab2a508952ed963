import { ROUTER } from "#server/routes.ts";

/** Every request under /api. What no route takes was answered before it came here (server/system/api-guard.ts). */
async function answer(request: Request): Promise<Response> {
  const found = ROUTER.find(request.method, new URL(request.url).pathname);
  return found ? found.route.respond(request, found.params) : new Response(null, { status: 404 });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST };
