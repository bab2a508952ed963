import { randomBytes } from "node:crypto";
import { ROLES, type Role } from "../../access/can.ts";
import { createPerson, nameFromAddress } from "../../access/people.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

const PASSWORD_BYTES = 15;

/** Makes people who may sign in. */
export const user: Command = {
  usage: `user create --email ADDRESS --role ${ROLES.join("|")} [--name NAME] [--username NAME] [--password PASSWORD]`,
  summary: "Makes a person who may sign in; without --password one is made up and printed.",
  async run({ args, database, print }) {
    const { values, options } = parseOptions(args, {
      email: "text",
      name: "text",
      role: "text",
      username: "text",
      password: "text",
    });
    if (values.length !== 1 || values[0] !== "create") throw new UsageError("Say user create.");
    const { email = "", username } = options;
    if (!/^\S+@\S+\.\S+$/.test(email)) throw new UsageError("Give an e-mail address: --email ADDRESS");
    const role = roleOf(options.role);
    const password = options.password ?? randomBytes(PASSWORD_BYTES).toString("base64url");
    const { db } = await database();
    const name = options.name ?? (await nameFromAddress(db, email));
    await createPerson(db, { email, name, role, password, ...(username === undefined ? {} : { username }) });
    print(`Made ${name} (${role}), who signs in as ${email}${username ? ` or ${username}` : ""}.`);
    if (options.password === undefined) print(`Password, shown this once: ${password}`);
  },
};

function roleOf(text: string | undefined): Role {
  if ((ROLES as readonly (string | undefined)[]).includes(text)) return text as Role;
  throw new UsageError(`--role is one of ${ROLES.join(", ")}.`);
}
