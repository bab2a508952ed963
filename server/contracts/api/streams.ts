import { z } from "zod";
import { STREAMS } from "../streams.ts";

export const streamName = z.enum(STREAMS);

export const dispositions = z.object({
  applied: z.number().int(),
  superseded: z.number().int(),
  duplicate: z.number().int(),
  late: z.number().int(),
  not_key_user: z.number().int(),
  anonymous: z.number().int(),
  rejected: z.number().int(),
});
