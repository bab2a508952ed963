import type { ZodType } from "zod";
import { bearerOf } from "../lib/bearer.ts";
import { Forbidden, InvalidInput, PreconditionRequired, Unauthenticated, unknownKey } from "../lib/errors.ts";
import { problemOf } from "../lib/problem.ts";
import { runtime } from "../runtime.ts";
import { type Action, type Actor, can } from "./can.ts";
import { isOwnOrigin } from "./client-address.ts";
import { parseJsonBody, readBytes, requireStorable } from "./read-body.ts";

/** What a route declares of itself. */
export interface RouteSpec<Q, B> {
  readonly action: Action;
  readonly query?: ZodType<Q>;
  /** JSON body. */
  readonly body?: ZodType<B>;
  /** The write must name the version that it saw. */
  readonly ifMatch?: boolean;
}

export interface RouteContext<Q, B> {
  readonly actor: Actor;
  readonly query: Q;
  readonly body: B;
  readonly params: Readonly<Record<string, string>>;
  readonly request: Request;
  /** From If-Match; 0 where the route does not ask for it. */
  readonly version: number;
}

type NextHandler = (
  request: Request,
  /** Paths without parameters come without an object of them. */
  context: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;

const SAFE_METHODS = new Set(["GET", "HEAD"]);
/** Bytes. */
const MAX_BODY = 1024 * 1024;

/**
 * Makes a route: authenticates, asks `can`, parses, calls, answers; errors become problem documents. Every handler under
 * app/api is made by this, so no route goes without a rule.
 */
export function handle<Q = unknown, B = unknown>(
  spec: RouteSpec<Q, B>,
  answer: (context: RouteContext<Q, B>) => Promise<object | Response>,
): NextHandler {
  return (request, context) =>
    answered(async () => {
      const actor = await authorise(request, spec.action);
      const params = (await context.params) ?? {};
      requireStorable(params, "path");
      return answer({
        actor,
        query: parseQuery(request, spec.query),
        body: await parseBody(request, spec.body),
        params,
        request,
        version: versionOf(request, spec.ifMatch === true),
      });
    });
}

/** Makes the rare route that nobody can have a right to yet: what its body holds is the right. */
export function handleOpen<B>(
  spec: { readonly body: ZodType<B> },
  answer: (context: { readonly body: B }) => Promise<object>,
): (request: Request) => Promise<Response> {
  return (request) =>
    answered(async () => {
      requireSameOrigin(request);
      return answer({ body: await parseBody(request, spec.body) });
    });
}

async function answered(work: () => Promise<object | Response>): Promise<Response> {
  try {
    const result = await work();
    if (result instanceof Response) return unkept(result);
    return Response.json(result, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const problem = problemOf(error, runtime().log);
    return new Response(JSON.stringify(problem.body), { status: problem.status, headers: problem.headers });
  }
}

/** No cache keeps an answer that does not say itself for how long it holds. */
function unkept(response: Response): Response {
  if (response.headers.has("cache-control")) return response;
  const headers = new Headers(response.headers);
  headers.set("cache-control", "no-store");
  return new Response(response.body, { status: response.status, headers });
}

async function authorise(request: Request, action: Action): Promise<Actor> {
  const actor = await runtime().authenticate(request.headers);
  if (!actor) throw bearerOf(request.headers) ? unknownKey() : new Unauthenticated();
  if (!can(actor, action)) throw new Forbidden();
  if (actor.kind === "person" && !SAFE_METHODS.has(request.method)) requireSameOrigin(request);
  return actor;
}

/** A cookie travels with requests that other sites make; their Origin gives them away. */
function requireSameOrigin(request: Request): void {
  if (!isOwnOrigin(request.headers)) {
    throw new Forbidden("Writes are taken from Tidewatch's own pages only.");
  }
}

function parseQuery<Q>(request: Request, schema: ZodType<Q> | undefined): Q {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  requireStorable(given, "query");
  return schema ? parseWith(schema, given, "query") : (given as Q);
}

async function parseBody<B>(request: Request, schema: ZodType<B> | undefined): Promise<B> {
  if (!schema) return undefined as B;
  const bytes = await readBytes(request, MAX_BODY, "The body is larger than 1 MiB.");
  return parseWith(schema, parseJsonBody(bytes.toString("utf8")), "body");
}

/** Field errors name the field and what it must be, never the value. */
function parseWith<T>(schema: ZodType<T>, given: unknown, where: string): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  const named = errors.map((error) => `${error.field}: ${error.message}`).join("; ");
  throw new InvalidInput(`The ${where} cannot be used: ${named}`, { errors });
}

function versionOf(request: Request, required: boolean): number {
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(request.headers.get("if-match")?.trim() ?? "");
  if (match) return Number(match[1]);
  if (required) throw new PreconditionRequired();
  return 0;
}
