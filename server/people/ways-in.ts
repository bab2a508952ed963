import type { PrismaClient } from "#prisma/client/client.ts";
import { offeredProviders } from "../access/single-sign-on/kinds.ts";
import type { Config } from "../config/config.ts";
import type { WaysIn } from "../contracts/single-sign-on.ts";

/** By what somebody signs in, of what is configured. */
export async function waysInOf(
  { db, config }: { readonly db: Pick<PrismaClient, "account">; readonly config: Pick<Config, "groups"> },
  userId: string,
): Promise<WaysIn> {
  const accounts = await db.account.findMany({
    where: { userId },
    select: { providerId: true, password: true },
  });
  return {
    hasPassword: accounts.some(({ password }) => password !== null),
    providers: offeredProviders(config).filter(({ id }) =>
      accounts.some(({ providerId }) => providerId === id),
    ),
  };
}
