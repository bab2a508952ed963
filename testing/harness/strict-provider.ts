import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import { CLIENT } from "./provider-client.ts";

/** What the provider says of whoever signs in, by what they typed there. */
export type Claims = Readonly<Record<string, unknown>>;

const SCOPES = "openid email profile groups";

/**
 * A certified provider of its own on loopback, which takes nothing that the specification does not allow.
 * @param origin of the Tidewatch that it knows
 */
export async function startStrictProvider(people: ReadonlyMap<string, Claims>, origin: string) {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${origin}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${origin}/sign-in`],
      },
    ],
    pkce: { required: () => true },
    scopes: SCOPES.split(" "),
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    cookies: { keys: ["a key for the cookies of this test"] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
    loadExistingGrant: async ({ oidc }: never) => {
      const { client, session } = oidc as { client: { clientId: string }; session: { accountId: string } };
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
  });
  server.on("request", provider.callback());
  return {
    issuer,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
