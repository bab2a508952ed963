import { z } from "zod";

/** The one who opens the link of the log and becomes the first administrator. */
export const firstAdministrator = z.object({
  token: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  password: z.string().min(12).max(256),
});
