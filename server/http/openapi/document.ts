import { z } from "zod";
import { type Operation, type RequestBody, TAGS } from "../operation.ts";
import { OUTSIDE_ROUTES } from "./outside-routes.ts";
import { SCHEMAS, type SchemaName } from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

const componentOf = (name: string): string => `#/components/schemas/${name}`;
const refTo = (name: SchemaName): Json => ({ $ref: componentOf(name) });

/** The OpenAPI 3.1 document, made from the schemas that the server itself parses and answers with. */
export function openApiDocument(routes: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of documented(routes)) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: operationObject(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tidewatch",
      version: "1",
      summary: "Hourly premium, retention cases, key users and last pages of an insurer",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: TAGS.map((name) => ({ name })),
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key of a machine." },
        session: { type: "apiKey", in: "cookie", name: "better-auth.session_token" },
      },
    },
  };
}

/** The outside contract; what else there is under /api serves our own pages alone. */
export const documented = (routes: readonly Operation[]): readonly Operation[] => [
  ...OUTSIDE_ROUTES,
  ...routes.filter(({ path }) => path.startsWith("/api/v1/")),
];

function components(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, { uri: componentOf, io: "output", override: leaveToFormat });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)]));
}

/** "date" says more than the expression that checks one. */
function leaveToFormat({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

/** Within a document a schema needs neither an address nor a dialect of its own. */
function bare({ $schema: _dialect, $id: _address, ...schema }: Json): Json {
  return schema;
}

const inputSchema = (schema: z.ZodType): Json =>
  bare(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: leaveToFormat }) as Json);

function operationObject(operation: Operation): Json {
  const { tag, summary, description, right, body } = operation;
  return {
    tags: [tag],
    summary,
    operationId: operationId(operation),
    ...(right === "open"
      ? { security: [], ...(description ? { description } : {}) }
      : {
          "x-right": right,
          description: [description, `Asks for the right ${right}.`].filter(Boolean).join(" "),
        }),
    parameters: [
      ...pathParameters(operation.path),
      ...queryParameters(operation.query),
      ...ifMatch(operation),
    ],
    ...(body ? { requestBody: { required: true, ...requestBody(body) } } : {}),
    responses: {
      [answerStatus(operation)]: { description: "Done.", content: answerContent(operation) },
      ...(operation.isGuarded ? { 202: WAITS } : {}),
      default: {
        description: "A problem (RFC 9457).",
        content: { "application/problem+json": { schema: refTo("Problem") } },
      },
    },
  };
}

const WAITS: Json = {
  description: "Nothing is done yet: it waits for a second administrator (FOUR_EYES).",
  content: { "application/json": { schema: refTo("Proposed") } },
};

/** getApiV1OrdersHourly: from method and path, so that it never changes while they stay. */
function operationId({ method, path }: Operation): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject | undefined): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = inputSchema(query) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function ifMatch({ ifMatch: isNeeded }: Operation): Json[] {
  if (!isNeeded) return [];
  const description = 'The version that was seen, e.g. "7": 428 when missing, 409 when somebody was faster.';
  return [{ name: "If-Match", in: "header", required: true, description, schema: { type: "string" } }];
}

function requestBody(body: RequestBody): Json {
  if ("schema" in body) return { content: { "application/json": { schema: inputSchema(body.schema) } } };
  const content = Object.fromEntries(body.types.map((type) => [type, { schema: { type: "string" } }]));
  return { description: body.description, content };
}

const answerStatus = ({ answer }: Operation): string =>
  String("schema" in answer ? (answer.status ?? 200) : 200);

function answerContent({ answer }: Operation): Json {
  if ("schema" in answer) return { "application/json": { schema: refTo(answer.schema) } };
  return { [answer.type]: { schema: answer.type === "application/json" ? {} : { type: "string" } } };
}
