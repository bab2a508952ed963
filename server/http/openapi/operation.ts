import type { z } from "zod";
import type { SchemaName } from "./schemas.ts";

export const TAGS = ["Ingest", "Orders", "Retention", "Key users", "Audience", "Pipeline", "System"] as const;
type Tag = (typeof TAGS)[number];

/** One request that the server answers, as the document tells of it. */
export interface Operation {
  readonly tag: Tag;
  readonly method: "get" | "post" | "patch" | "delete";
  /** With the parameters in braces: /api/v1/retention/cases/{id}. */
  readonly path: string;
  readonly summary: string;
  /** The right that it asks for; null: none. */
  readonly action: string | null;
  readonly query?: z.ZodObject;
  /** Names the version in If-Match. */
  readonly ifMatch?: true;
  readonly body?: RequestBody;
  readonly answer: { readonly status?: number; readonly schema: SchemaName } | { readonly type: string };
}

export type RequestBody =
  | { readonly schema: z.ZodType }
  /** Content types that are no single JSON value, with what they hold. */
  | { readonly types: readonly string[]; readonly description: string };
