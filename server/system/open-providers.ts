import type { PrismaClient } from "#prisma/client/client.ts";
import { createAuth } from "../access/auth.ts";
import { openKinds } from "../access/single-sign-on/kinds.ts";
import type { Providers } from "../access/single-sign-on/single-sign-on.ts";
import type { Config } from "../config/config.ts";
import type { SettingsReader } from "../context.ts";
import type { Log } from "../lib/log.ts";
import { createAdmit } from "../people/single-sign-on/admit.ts";

interface Needs {
  readonly db: PrismaClient;
  readonly settings: SettingsReader;
  /** Signs sessions, and seals what browsers keep. */
  readonly secret: string;
}

/** Every provider that is configured, each with an instance of better-auth of its own. */
export function openProviders(
  { config, log }: { readonly config: Config; readonly log: Log },
  { db, settings, secret }: Needs,
): Providers {
  const { PUBLIC_URL: publicUrl, DEMO: isDemo } = config;
  // The settings of each need it.
  if (publicUrl === undefined) return new Map();
  const admit = createAdmit({ db, config, settings, isDemo, now: Date.now });
  const kinds = openKinds(config, { log, now: Date.now, publicUrl });
  return new Map(
    kinds.map((kind) => {
      const auth = createAuth({ db, secret, publicUrl, log, isDemo, provider: { kind, admit } });
      return [kind.id, { auth, kind, publicUrl, secret }];
    }),
  );
}
