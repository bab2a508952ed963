import { z } from "zod";
import { STREAM_NAMES } from "../streams.ts";

export const streamName = z.enum(STREAM_NAMES);

export const dispositions = z.object({
  applied: z.number().int(),
  superseded: z.number().int(),
  duplicate: z.number().int(),
  late: z.number().int(),
  not_key_user: z.number().int(),
  anonymous: z.number().int(),
  rejected: z.number().int(),
});
