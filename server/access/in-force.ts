/** The demo's own people have addresses of this domain, and nobody else may. */
const DEMO_DOMAIN = "@tidewatch.demo";

/** What decides whether a person counts at all, before any right is asked for. */
export interface AccountState {
  readonly email: string;
  readonly disabledAt?: Date | null | undefined;
}

export const isDemoAddress = (email: string): boolean => email.trim().toLowerCase().endsWith(DEMO_DOMAIN);

/**
 * Whether a person may be signed in: not disabled, and of the demo only where the demo runs.
 * @param isDemo this process runs a demo (DEMO=1)
 */
export function isInForce({ email, disabledAt }: AccountState, isDemo: boolean): boolean {
  return !disabledAt && (isDemo || !isDemoAddress(email));
}

/** The same for SQL: `"user"` goes by the name u, and `isDemo` is a parameter such as $2. */
export const inForceSql = (isDemo: string): string =>
  `(u."disabledAt" IS NULL AND (${isDemo} OR u.email NOT LIKE '%${DEMO_DOMAIN}'))`;

/** Prisma's condition for people of the demo. */
export const DEMO_PEOPLE_ONLY = { email: { endsWith: DEMO_DOMAIN } } as const;
