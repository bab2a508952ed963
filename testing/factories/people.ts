import type { PrismaClient } from "#prisma/client/client.ts";
import { insertPerson, type NewPerson } from "#server/people/people.ts";

export const TEST_PASSWORD = "a long test password";
/** Of that password, made once: hashing takes some tenths of a second on purpose. */
const TEST_PASSWORD_HASH =
  "$scrypt$ln=17,r=8,p=1$sw+t/rDKo7LvFXgS3U8I3w$2OY81jI8vlcP5f11oo/p14CaDstft+EtGl7MPjuwjzI";

/** Makes a person whose password is TEST_PASSWORD, at once. @returns the id */
export function makeTestPerson(
  db: Pick<PrismaClient, "user">,
  given: Partial<Omit<NewPerson, "password">> = {},
): Promise<string> {
  const person: Omit<NewPerson, "password"> = {
    email: "lin@example.test",
    name: "Lin Wei",
    role: "manager",
    ...given,
  };
  return insertPerson(db, person, TEST_PASSWORD_HASH);
}
