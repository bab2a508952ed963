import type { z } from "zod";
import { type Action, type Actor, can } from "../access/can.ts";
import { clientAddress, isOwnOrigin } from "../access/client-address.ts";
import { parseJsonBody, readBytes, requireStorable } from "../access/read-body.ts";
import { type Context, context } from "../context.ts";
import { bearerOf } from "../lib/bearer.ts";
import {
  AppError,
  Forbidden,
  InvalidInput,
  PreconditionRequired,
  Unauthenticated,
  unknownKey,
} from "../lib/errors.ts";
import { problemOf } from "../lib/problem.ts";
import { localeOf } from "../lib/problem-words.ts";
import { fromAddress } from "../lib/request-address.ts";
import type { Answer, Operation } from "./operation.ts";
import { type Asked, withinShare, withinShareOfAddress } from "./shares.ts";

/** A request and the parameters of its path. */
export interface Route extends Operation {
  /** Answers one request, with a problem document where it cannot. */
  readonly respond: (request: Request, params: Params) => Promise<Response>;
}

type Params = Readonly<Record<string, string>>;

/** `{id}` and `{date}` of a path. */
type ParamsOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & ParamsOf<Rest>
  : unknown;

/** What a route is asked, parsed. */
interface Call<P extends string, Q extends z.ZodObject, B extends z.ZodType> {
  readonly ctx: Context;
  readonly actor: Actor;
  readonly params: ParamsOf<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** From If-Match; 0 where the route does not ask for it. */
  readonly version: number;
  readonly request: Request;
}

interface Declaration<P extends string, Q extends z.ZodObject, B extends z.ZodType>
  extends Omit<Operation, "path" | "query" | "body" | "right"> {
  readonly path: P;
  readonly right: Exclude<Operation["right"], "open">;
  readonly query?: Q;
  readonly body?: { readonly schema: B } | Exclude<Operation["body"], { schema: z.ZodType } | undefined>;
  readonly handle: (call: Call<P, Q, B>) => Promise<object | Response>;
}

const SAFE_METHODS = new Set(["GET", "HEAD"]);
/** Bytes. */
const MAX_BODY = 1024 * 1024;

/**
 * Declares a route once: it is answered, documented and tested for its right from this. It authenticates, asks `can`, parses,
 * calls, answers; errors become problem documents. No route goes without a right.
 */
export function defineRoute<P extends string, Q extends z.ZodObject, B extends z.ZodType>(
  declaration: Declaration<P, Q, B>,
): Route {
  const { handle, ...operation } = declaration;
  return {
    ...operation,
    respond: (request, params) =>
      answered(request, operation.answer, async () => {
        const ctx = context();
        const actor = await authorise(ctx, request, operation);
        const told = (error: unknown): never => noteAlone(error, { ctx, actor, request, operation });
        requireStorable(params, "path");
        const call = {
          ctx,
          actor,
          params: params as ParamsOf<P>,
          query: parseQuery(request, operation.query) as z.output<Q>,
          body: (await parseBody(request, operation.body)) as z.output<B>,
          version: versionOf(request, operation.ifMatch === true),
          request,
        };
        return withinShare(actor, askedOf(request, operation), request.signal, () =>
          handle(call).catch(told),
        );
      }),
  };
}

/** Declares the rare write that nobody can have a right to yet: what its body holds is the right. */
export function defineOpenRoute<B extends z.ZodType>({
  handle,
  ...operation
}: Omit<Operation, "right" | "body"> & {
  readonly body: { readonly schema: B };
  readonly handle: (call: { readonly ctx: Context; readonly body: z.output<B> }) => Promise<object>;
}): Route {
  return {
    ...operation,
    right: "open",
    respond: (request) =>
      answered(request, operation.answer, async () => {
        requireSameOrigin(request);
        const body = (await parseBody(request, operation.body)) as z.output<B>;
        return withinShareOfAddress(clientAddress(request), () => handle({ ctx: context(), body }));
      }),
  };
}

async function answered(
  request: Request,
  answer: Answer,
  work: () => Promise<object | Response>,
): Promise<Response> {
  try {
    const result = await fromAddress(clientAddress(request), work);
    if (result instanceof Response) return unkept(result);
    const status = "schema" in answer ? (answer.status ?? 200) : 200;
    return Response.json(result, { status, headers: { "cache-control": "no-store" } });
  } catch (error) {
    const problem = problemOf(error, context().log, localeOf(request.headers));
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

async function authorise(
  ctx: Context,
  request: Request,
  { method, path, right }: Pick<Operation, "method" | "path"> & { readonly right: Action },
): Promise<Actor> {
  const actor = await ctx.authenticate(request.headers);
  if (!actor) throw bearerOf(request.headers) ? unknownKey() : new Unauthenticated();
  if (!can(actor, right)) {
    ctx.noteRefused({ actor, right, at: `${method} ${path}`, address: clientAddress(request) });
    throw refusalOf(actor);
  }
  if (actor.kind === "person" && !SAFE_METHODS.has(request.method)) requireSameOrigin(request);
  return actor;
}

/** What somebody may do, and tried to do alone where it takes another administrator. */
const ALONE: ReadonlySet<string> = new Set(["own_proposal", "role_waits", "administrators_account"]);

interface Refused {
  readonly ctx: Context;
  readonly actor: Actor;
  readonly request: Request;
  readonly operation: Pick<Operation, "method" | "path"> & { readonly right: Action };
}

/** The audit log tells who tried. @throws the error */
function noteAlone(
  error: unknown,
  { ctx, actor, request, operation: { method, path, right } }: Refused,
): never {
  if (error instanceof AppError && ALONE.has(error.code)) {
    const at = `${method} ${path}`;
    ctx.noteRefused({ actor, right, at, why: error.code, address: clientAddress(request) });
  }
  throw error;
}

/** What is missing, and whom to ask. */
function refusalOf(actor: Actor): AppError {
  if (actor.kind !== "person" || actor.secondFactor !== "needed") return new Forbidden();
  const message = "This needs a second factor: open /enrol in your browser, or sign in with yours.";
  return new AppError("second_factor_needed", 403, message);
}

/** A file that is asked for by HEAD is not made. */
function askedOf(
  { method }: Request,
  { right, answer }: Pick<Operation, "answer"> & { right: Action },
): Asked {
  if ("type" in answer && answer.type === "text/csv" && method === "GET") return "file";
  return SAFE_METHODS.has(method) || isOfReading(right) ? "read" : "write";
}

/** What only reads may still be a POST: its list of keys is no part of an address. */
const isOfReading = (right: Action): boolean => right.endsWith(".read");

/** A cookie travels with requests that other sites make; their Origin gives them away. */
function requireSameOrigin(request: Request): void {
  if (!isOwnOrigin(request.headers)) {
    throw new Forbidden("Writes are taken from Tidewatch's own pages only.");
  }
}

function parseQuery(request: Request, schema: z.ZodObject | undefined): unknown {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  requireStorable(given, "query");
  return schema ? parseWith(schema, given, "query") : given;
}

async function parseBody(request: Request, body: Operation["body"]): Promise<unknown> {
  if (!body || !("schema" in body)) return undefined;
  const bytes = await readBytes(request, MAX_BODY, "The body is larger than 1 MiB.");
  return parseWith(body.schema, parseJsonBody(bytes), "body");
}

/** Field errors name the field and what it must be, never the value. */
function parseWith(schema: z.ZodType, given: unknown, where: string): unknown {
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
