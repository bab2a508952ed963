import { context } from "#server/context.ts";

/** better-auth's own routes: signing in is what nobody can have a right to yet. */
const handler = (request: Request): Promise<Response> => context().authHandler(request);

export { handler as GET, handler as POST };
