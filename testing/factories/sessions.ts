import { createHmac, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { FieldCipher } from "#server/lib/field-cipher.ts";

const LIVES_MS = 3_600_000;

/**
 * Sessions of one person without as many sign-ins, which are slow on purpose: their rows, and the cookies as the server
 * signs them (plain HTTP). A session holds 20 sockets at most, so a crowd of dashboards needs many.
 * @param by.secretKey SECRET_KEY of the server
 */
export async function makeSessions(
  by: { readonly databaseUrl: string; readonly secretKey: string; readonly email: string },
  count: number,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: by.databaseUrl });
  await client.connect();
  try {
    const tokens = Array.from({ length: count }, () => randomBytes(24).toString("base64url"));
    const { rowCount } = await client.query(
      `INSERT INTO session (id, token, "expiresAt", "createdAt", "updatedAt", "userId")
       SELECT s.id, s.token, $3, now(), now(), u.id FROM unnest($1::text[], $2::text[]) AS s (id, token), "user" u
       WHERE u.email = $4`,
      [tokens.map(() => randomUUID()), tokens, new Date(Date.now() + LIVES_MS), by.email],
    );
    if (rowCount !== count) throw new Error(`there is nobody of the address ${by.email}`);
    const secret = new FieldCipher(by.secretKey).derive("sessions");
    return tokens.map((token) => `better-auth.session_token=${signed(token, secret)}`);
  } finally {
    await client.end();
  }
}

function signed(token: string, secret: string): string {
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return encodeURIComponent(`${token}.${signature}`);
}
