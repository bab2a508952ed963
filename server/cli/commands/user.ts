import { ROLES, type Role } from "#server/access/can.ts";
import {
  type GivenTo,
  PERSON_VERB_NAMES,
  PERSON_VERBS,
  type PersonVerbName,
  segmentsOfScope,
} from "#server/contracts/person-verbs.ts";
import { isProviderId, PROVIDER_IDS, type ProviderId } from "#server/contracts/single-sign-on.ts";
import { recordActIn } from "#server/db/audit.ts";
import { isGuarded } from "#server/four-eyes/propose.ts";
import { requireUnguardedRole } from "#server/people/guarded-accounts.ts";
import { invite } from "#server/people/invitations.ts";
import { listPeople } from "#server/people/list-people.ts";
import { lockPeople, PEOPLE_PATIENCE } from "#server/people/lock-people.ts";
import { createPerson, nameFromAddress } from "#server/people/people.ts";
import type { PersonAct } from "#server/people/person-act.ts";
import { endSession, listSessions } from "#server/people/person-sessions.ts";
import { performVerb } from "#server/people/person-verbs.ts";
import { proposeRole } from "#server/people/propose-role.ts";
import { resetPassword } from "#server/people/reset-password.ts";
import { cliActor } from "../actor.ts";
import { type Command, type CommandContext, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { type GivenPassword, readPassword } from "../read-password.ts";
import { optionalReason, requireReason } from "../reason.ts";
import { cipherOf, settingsOf } from "../settings-of.ts";
import { tellLink } from "../told-link.ts";
import { waits } from "../waits.ts";
import { describePerson, describeSession } from "./user-words.ts";

const OPTIONS = {
  email: "text",
  name: "text",
  role: "text",
  segments: "text",
  username: "text",
  provider: "text",
  id: "text",
  reason: "text",
  password: "text",
  "password-stdin": "flag",
} as const;
type Options = ReturnType<typeof parseOptions<typeof OPTIONS>>["options"];

const ROLE = `--role ${ROLES.join("|")}`;

/** People who may sign in: makes and invites them, and ends it at once when somebody leaves. */
export const user: Command = {
  usage: [
    "user list",
    `user create --email ADDRESS ${ROLE} [--name NAME] [--username NAME] [--password-stdin]`,
    `user invite --email ADDRESS --name NAME ${ROLE} [--segments A,B] [--reason TEXT]`,
    "user disable|enable|sign-out|reset|reset-second-factor WHO --reason TEXT",
    `user set-role WHO ${ROLE} --reason TEXT`,
    "user set-scope WHO --segments A,B|all --reason TEXT",
    `user join WHO --provider ${PROVIDER_IDS.join("|")} --id ID --reason TEXT`,
    `user unjoin WHO --provider ${PROVIDER_IDS.join("|")} --reason TEXT`,
    "user reset-password WHO --reason TEXT [--password-stdin]",
    "user sessions WHO",
    "user end-session WHO SESSION --reason TEXT",
  ].join("\n  "),
  summary:
    "People who may sign in. WHO is an e-mail address or a user name. A password is asked for, read from standard input, or made up and printed; a link is printed, this once.",
  async run(context) {
    const { values, options } = parseOptions(context.args, OPTIONS);
    if (options.password !== undefined) {
      throw new UsageError(
        "A password on a command line can be read by everybody on this machine. Leave --password out and type it, or give it on standard input with --password-stdin.",
      );
    }
    const [verb = "", ...given] = values;
    const { takes, run } = commandOf(verb);
    if (given.length > takes.length)
      throw new UsageError(takes.length === 0 ? `${verb} takes no name.` : "Name one person.");
    if (given.length < takes.length) throw new UsageError(`Name ${takes.slice(given.length).join(" and ")}.`);
    return run(context, options, given);
  },
};

interface Subcommand {
  /** What is named after it, in words. */
  readonly takes: readonly string[];
  readonly run: (context: CommandContext, options: Options, named: readonly string[]) => Promise<void>;
}

const THE_PERSON = "the person: an e-mail address or a user name";

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  list: { takes: [], run: list },
  create: { takes: [], run: create },
  invite: { takes: [], run: inviteSomebody },
  "reset-password": { takes: [THE_PERSON], run: setPasswordOf },
  sessions: { takes: [THE_PERSON], run: sessions },
  "end-session": { takes: [THE_PERSON, "the session, as user sessions shows it"], run: endOne },
};

function commandOf(name: string): Subcommand {
  const own = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (own) return own;
  const verb = PERSON_VERB_NAMES.find((each) => PERSON_VERBS[each].command === name);
  if (verb)
    return { takes: [THE_PERSON], run: (context, options, [who = ""]) => act(context, verb, who, options) };
  const verbs = PERSON_VERB_NAMES.map((each) => PERSON_VERBS[each].command);
  throw new UsageError(`Say one of ${[...Object.keys(SUBCOMMANDS), ...verbs].join(", ")}.`);
}

async function list({ database, print }: CommandContext): Promise<void> {
  const { db } = await database();
  for (const person of await listPeople(db, new Date())) print(describePerson(person));
}

async function create({ config, database, print }: CommandContext, options: Options): Promise<void> {
  const { username } = options;
  const email = addressOf(options);
  const role = roleOf(options.role);
  const reason = optionalReason(options.reason);
  const given = await passwordOf(options);
  const opened = await database();
  const { db } = opened;
  await requireUnguardedRole({ settings: await settingsOf(config, opened) }, role);
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

async function inviteSomebody({ config, database, print }: CommandContext, options: Options): Promise<void> {
  const email = addressOf(options);
  const role = roleOf(options.role);
  if (!options.name) throw new UsageError("Say how they are called: --name NAME");
  const segments = options.segments === undefined ? [] : segmentsIn(options.segments);
  const by = { by: cliActor(), reason: optionalReason(options.reason) };
  const opened = await database();
  const { db } = opened;
  await requireUnguardedRole({ settings: await settingsOf(config, opened) }, role);
  const { name, token, expiresAt } = await invite(db, { email, name: options.name, role, segments }, by);
  print(
    `Invited ${name} (${role}), until ${expiresAt.toISOString()}. The link works once and is shown this once:`,
  );
  await tellLink({ config, print }, { kind: "invitation", token, expiresAt, name, email });
}

async function act(
  { config, database, print }: CommandContext,
  verb: PersonVerbName,
  who: string,
  options: Options,
): Promise<void> {
  const given = givenIn(verb, options);
  const by: PersonAct = { by: cliActor(), reason: requireReason(options.reason) };
  const opened = await database();
  const { db } = opened;
  const settings = await settingsOf(config, opened);
  if (verb === "role" && (await isGuarded({ settings }, "roles"))) {
    const ctx = { ...opened, cipher: await cipherOf(config), now: Date.now, settings };
    const { proposal } = await proposeRole(ctx, who, { ...by, given: given as GivenTo<"role"> });
    return print(waits(proposal));
  }
  const acted = await performVerb(db, verb, who, { ...by, given: given as never, config });
  print(
    `${acted.name} (${acted.email}): ${PERSON_VERBS[verb].command} is done; ${acted.sessions} sessions ended.`,
  );
  if (!acted.link) return;
  print(`The link works once, until ${acted.link.expiresAt.toISOString()}, and is shown this once:`);
  await tellLink({ config, print }, { kind: "reset", ...acted.link, name: acted.name, email: acted.email });
}

async function setPasswordOf(
  { database, print }: CommandContext,
  options: Options,
  [who = ""]: readonly string[],
): Promise<void> {
  const by: PersonAct = { by: cliActor(), reason: requireReason(options.reason) };
  const given = await passwordOf(options);
  const { db } = await database();
  const acted = await resetPassword(db, who, given.password, by);
  print(`${acted.name} (${acted.email}) has another password; ${acted.sessions} sessions ended.`);
  show(given, print);
}

async function sessions(
  { database, print }: CommandContext,
  _options: Options,
  [who = ""]: readonly string[],
): Promise<void> {
  const { db } = await database();
  for (const session of await listSessions(db, who)) print(describeSession(session));
}

async function endOne(
  { database, print }: CommandContext,
  options: Options,
  [who = "", session = ""]: readonly string[],
): Promise<void> {
  const by: PersonAct = { by: cliActor(), reason: requireReason(options.reason) };
  const { db } = await database();
  const acted = await endSession(db, who, session, by);
  print(`${acted.name} (${acted.email}): this session has ended.`);
}

/** What a verb is told besides a reason. */
function givenIn(verb: PersonVerbName, options: Options): GivenTo<"role"> | GivenTo<"scope"> | object {
  if (verb === "join") return { provider: providerOf(options.provider), subject: subjectIn(options.id) };
  if (verb === "unjoin") return { provider: providerOf(options.provider) };
  if (verb === "role") return { role: roleOf(options.role) };
  if (verb !== "scope") return {};
  if (options.segments === undefined)
    throw new UsageError("Name the segments: --segments A,B or --segments all");
  return { segments: segmentsIn(options.segments) };
}

function providerOf(text: string | undefined): ProviderId {
  if (isProviderId(text)) return text;
  throw new UsageError(`--provider is one of ${PROVIDER_IDS.join(", ")}.`);
}

function subjectIn(text = ""): string {
  const { success, data } = PERSON_VERBS.join.given.subject.safeParse(text);
  if (success) return data;
  throw new UsageError("Give the id under which the provider knows them: --id ID");
}

function segmentsIn(text: string): string[] {
  if (text.trim() === "all") return [];
  const parsed = segmentsOfScope.safeParse(text.split(/[,，]/));
  if (parsed.success) return parsed.data;
  throw new UsageError("--segments are names of at most 64 characters, separated by commas, or all.");
}

function addressOf({ email = "" }: Options): string {
  if (/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email)) return email;
  throw new UsageError("Give an e-mail address: --email ADDRESS");
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
