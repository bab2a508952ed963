import { ROLES, type Role } from "#server/access/can.ts";
import { recordActIn } from "#server/db/audit.ts";
import { disablePerson } from "#server/people/disable-person.ts";
import { enablePerson } from "#server/people/enable-person.ts";
import { listPeople } from "#server/people/list-people.ts";
import { lockPeople, PEOPLE_PATIENCE } from "#server/people/lock-people.ts";
import { createPerson, nameFromAddress } from "#server/people/people.ts";
import type { PersonAct, PersonActed } from "#server/people/person-act.ts";
import { resetPassword } from "#server/people/reset-password.ts";
import { resetSecondFactor } from "#server/people/reset-second-factor.ts";
import { setRole } from "#server/people/set-role.ts";
import { signOutPerson } from "#server/people/sign-out-person.ts";
import { cliActor } from "../actor.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { type GivenPassword, readPassword } from "../read-password.ts";
import { optionalReason, requireReason } from "../reason.ts";

const OPTIONS = {
  email: "text",
  name: "text",
  role: "text",
  username: "text",
  reason: "text",
  password: "text",
  "password-stdin": "flag",
} as const;
type Options = ReturnType<typeof parseOptions<typeof OPTIONS>>["options"];

/** People who may sign in: makes them, and ends it at once when somebody leaves. */
export const user: Command = {
  usage: [
    "user list",
    `user create --email ADDRESS --role ${ROLES.join("|")} [--name NAME] [--username NAME] [--password-stdin]`,
    "user disable|enable|sign-out|reset-second-factor WHO --reason TEXT",
    `user set-role WHO --role ${ROLES.join("|")} --reason TEXT`,
    "user reset-password WHO --reason TEXT [--password-stdin]",
  ].join("\n  "),
  summary:
    "People who may sign in. WHO is an e-mail address or a user name. A password is asked for, read from standard input, or made up and printed.",
  async run(context) {
    const { values, options } = parseOptions(context.args, OPTIONS);
    const [verb, who, ...rest] = values;
    if (options.password !== undefined) {
      throw new UsageError(
        "A password on a command line can be read by everybody on this machine. Leave --password out and type it, or give it on standard input with --password-stdin.",
      );
    }
    if (rest.length > 0) throw new UsageError("Name one person.");
    if (verb === "list" && who === undefined) return list(context);
    if (verb === "create" && who === undefined) return create(context, options);
    return act(context, verb, who, options);
  },
};

async function list({ database, print }: CommandContext): Promise<void> {
  const { db } = await database();
  for (const person of await listPeople(db, new Date())) {
    const state = person.disabledAt ? `disabled since ${person.disabledAt.toISOString()}` : "enabled";
    const sessions = `${person.sessions} session${person.sessions === 1 ? "" : "s"}`;
    const words = [person.email, person.username ?? "-", person.role ?? "-", state, sessions];
    // A name is anybody's text: it may not steer the terminal.
    print([...words, ...(person.isDemo ? ["demo"] : []), person.name.replace(/\p{C}/gu, "?")].join("  "));
  }
}

async function create({ database, print }: CommandContext, options: Options): Promise<void> {
  const { email = "", username } = options;
  if (!/^\S+@\S+\.\S+$/.test(email)) throw new UsageError("Give an e-mail address: --email ADDRESS");
  const role = roleOf(options.role);
  const reason = optionalReason(options.reason);
  const given = await passwordOf(options);
  const { db } = await database();
  const name = options.name ?? (await nameFromAddress(db, email));
  await db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = { email, name, role, password: given.password };
    const id = await createPerson(tx, { ...person, ...(username === undefined ? {} : { username }) });
    const details = { role, reason };
    await recordActIn(tx, { actor: cliActor(), action: "person.create", subject: `person ${id}`, details });
  }, PEOPLE_PATIENCE);
  print(`Made ${name} (${role}), who signs in as ${email}${username ? ` or ${username}` : ""}.`);
  show(given, print);
}

async function act(
  { database, print }: CommandContext,
  verb: string | undefined,
  who: string | undefined,
  options: Options,
): Promise<void> {
  const perform = verbOf(verb, options);
  if (!who) throw new UsageError("Name the person: an e-mail address or a user name.");
  const by: PersonAct = { by: cliActor(), reason: requireReason(options.reason) };
  const given = verb === "reset-password" ? await passwordOf(options) : null;
  const { db } = await database();
  const { done, acted } = await perform(db, who, by, given?.password ?? "");
  print(`${acted.name} (${acted.email}) ${done}; ${acted.sessions} sessions ended.`);
  if (given) show(given, print);
}

type Db = Parameters<typeof disablePerson>[0];
type Perform = (
  db: Db,
  who: string,
  by: PersonAct,
  password: string,
) => Promise<{ readonly done: string; readonly acted: PersonActed }>;

function verbOf(verb: string | undefined, options: Options): Perform {
  const told = (done: string, acting: Promise<PersonActed>) => acting.then((acted) => ({ done, acted }));
  switch (verb) {
    case "disable":
      return (db, who, by) => told("is disabled", disablePerson(db, who, by));
    case "enable":
      return (db, who, by) => told("is enabled", enablePerson(db, who, by));
    case "sign-out":
      return (db, who, by) => told("is signed out", signOutPerson(db, who, by));
    case "reset-password":
      return (db, who, by, password) => told("has another password", resetPassword(db, who, password, by));
    case "reset-second-factor":
      return (db, who, by) => told("has no second factor any more", resetSecondFactor(db, who, by));
    case "set-role": {
      const role = roleOf(options.role);
      return (db, who, by) => told(`has the role ${role}`, setRole(db, who, role, by));
    }
    default:
      throw new UsageError(
        "Say list, create, disable, enable, set-role, reset-password, reset-second-factor or sign-out.",
      );
  }
}

const passwordOf = (options: Options): Promise<GivenPassword> =>
  readPassword(options["password-stdin"] ?? false, { input: process.stdin, output: process.stderr });

function show({ password, isMadeUp }: GivenPassword, print: CommandContext["print"]): void {
  if (isMadeUp) print(`Password, shown this once: ${password}`);
}

function roleOf(text: string | undefined): Role {
  if ((ROLES as readonly (string | undefined)[]).includes(text)) return text as Role;
  throw new UsageError(`--role is one of ${ROLES.join(", ")}.`);
}
