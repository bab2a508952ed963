import type { Config } from "../config/config.ts";
import { offeredProviders } from "./single-sign-on/kinds.ts";

/** Prisma's condition for an account by which somebody can sign in as things stand. */
export const isWayIn = (config: Pick<Config, "groups">) => ({
  OR: [{ password: { not: null } }, { providerId: { in: offeredProviders(config).map((each) => each.id) } }],
});
