import type { z } from "zod";
import type { Action } from "../access/can.ts";
import type { SchemaName } from "./openapi/schemas.ts";

export const TAGS = [
  "Ingest",
  "Orders",
  "Retention",
  "Key users",
  "Audience",
  "Pipeline",
  "People",
  "Proposals",
  "System",
] as const;
export type Tag = (typeof TAGS)[number];

export const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** One request that the server answers, as the OpenAPI document tells of it. */
export interface Operation {
  readonly tag: Tag;
  readonly method: Method;
  /** With the parameters in braces: /api/v1/retention/cases/{id}. */
  readonly path: string;
  readonly summary: string;
  /** What the summary cannot say: how it behaves where people or programs must know. */
  readonly description?: string;
  /** The right that it asks for; open: none. */
  readonly right: Action | "open";
  readonly query?: z.ZodObject;
  /** Names the version in If-Match. */
  readonly ifMatch?: true;
  readonly body?: RequestBody;
  readonly answer: Answer;
  /** FOUR_EYES may have it wait for a second administrator: then 202 with the proposal, and nothing is done yet. */
  readonly isGuarded?: true;
}

export type RequestBody =
  /** JSON, parsed before the route is asked. */
  | { readonly schema: z.ZodType }
  /** Content types that are no single JSON value, with what they hold: the route reads them itself. */
  | { readonly types: readonly string[]; readonly description: string };

export type Answer = { readonly status?: number; readonly schema: SchemaName } | { readonly type: string };
