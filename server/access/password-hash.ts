import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { normalPassword } from "../lib/password-form.ts";

/** OWASP's present parameters for scrypt: 128 MiB and some tenths of a second a password. */
const COST = { log2N: 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** A stored cost above this is not computed: whoever can write the table shall not be able to take the memory. */
const MOST = { log2N: 18, r: 16, p: 4 } as const;
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** As better-auth wrote it by itself: salt and key in hexadecimal digits, N=2^14, r=16, p=1. */
const OLD = /^[0-9a-f]{32}:[0-9a-f]{128}$/;

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** What is stored of a password; it says itself how it was made: `$scrypt$ln=17,r=8,p=1$SALT$KEY`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, KEY_BYTES, COST);
  return `${prefixOf(COST)}$${unpadded(salt)}$${unpadded(key)}`;
}

/** Whether a password is the one that was stored; false for what was never stored by us. */
export async function verifyPassword({
  hash,
  password,
}: {
  readonly hash: string;
  readonly password: string;
}): Promise<boolean> {
  if (OLD.test(hash)) {
    const old = await import("better-auth/crypto"); // only few are left
    return old.verifyPassword({ hash, password });
  }
  const [, log2N, r, p, salt = "", key = ""] = STORED.exec(hash) ?? [];
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  if (!isBearable(cost)) return false;
  const expected = Buffer.from(key, "base64");
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, "base64"), expected.length, cost),
    expected,
  );
}

/** Whether it was made at another cost than today's: then it is made anew when the password is known, at a sign-in. */
export const isOutdated = (hash: string): boolean => !hash.startsWith(`${prefixOf(COST)}$`);

const prefixOf = ({ log2N, r, p }: Cost): string => `$scrypt$ln=${log2N},r=${r},p=${p}`;

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/={1,2}$/, "");

const isBearable = ({ log2N, r, p }: Cost): boolean =>
  log2N >= 1 && log2N <= MOST.log2N && r >= 1 && r <= MOST.r && p >= 1 && p <= MOST.p;

function derive(password: string, salt: Buffer, length: number, { log2N, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** log2N;
  const maxmem = 128 * N * r + 128 * r * p + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(normalPassword(password), salt, length, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
