import { runtime } from "../../../../server/runtime.ts";

/** better-auth's own routes: signing in is what nobody can have a right to yet. */
export const POST = (request: Request): Promise<Response> => runtime().authHandler(request);
