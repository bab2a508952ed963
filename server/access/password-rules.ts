import { InvalidInput } from "../lib/errors.ts";
import { LONGEST_PASSWORD, normalPassword, SHORTEST_PASSWORD } from "../lib/password-form.ts";

/** Of 0 to 4: a guesser who knows the usual passwords and patterns needs 10⁸ tries or more. */
const LEAST_SCORE = 3;
const PRODUCT = "tidewatch";
/** What has to be left of a password when the owner's own names are taken out of it. */
const LEAST_FOREIGN = 8;
/** Shorter parts of a name stand in other words by chance. */
const SHORTEST_OWN = 3;

/** Whose password it is: their own names are what a guesser tries first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly username?: string | null | undefined;
}

/**
 * Whether a password may be chosen; of one that was chosen long ago nothing is asked.
 * @throws {InvalidInput} with `field` and `reason`: `short`, `long`, or `common` (on the lists of common passwords, a pattern of
 * the keyboard, a repetition, or mostly the owner's own names)
 */
export async function requireGoodPassword(given: string, owner: PasswordOwner): Promise<void> {
  const password = normalPassword(given);
  const { length } = [...password];
  if (length < SHORTEST_PASSWORD) {
    throw refused("short", `The password needs at least ${SHORTEST_PASSWORD} characters.`);
  }
  if (length > LONGEST_PASSWORD) {
    throw refused("long", `The password has more than ${LONGEST_PASSWORD} characters.`);
  }
  const own = ownWords(owner);
  const judge = await strength();
  if (foreignPart(password, own).length < LEAST_FOREIGN || judge.check(password, own).score < LEAST_SCORE) {
    throw refused(
      "common",
      "The password is easy to guess: take several words that have nothing to do with each other or with you.",
    );
  }
}

/** What the owner is called, whole, in parts and put together. */
function ownWords({ email, name, username }: PasswordOwner): string[] {
  const whole = [PRODUCT, email, name, username ?? ""].map((word) => normalPassword(word).toLowerCase());
  const parts = whole.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u));
  const nameParts = normalPassword(name).toLowerCase().split(/\s+/u);
  const joined = [nameParts.join(""), nameParts.toReversed().join(""), email.split("@")[0] ?? ""];
  return [...new Set([...whole, ...parts, ...joined])].filter((word) => word.length > 1);
}

/** The longest names go first, so that no half of one is left. */
function foreignPart(password: string, own: readonly string[]): string {
  const names = own.filter((word) => word.length >= SHORTEST_OWN).toSorted((a, b) => b.length - a.length);
  return names.reduce((left, name) => left.replaceAll(name, ""), password.toLowerCase());
}

type Strength = import("@zxcvbn-ts/core").ZxcvbnFactory;
let loading: Promise<Strength> | undefined;

/** The lists are large and passwords are chosen rarely: they are read when the first one is. */
function strength(): Promise<Strength> {
  loading ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) =>
      new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }),
  );
  return loading;
}

const refused = (reason: "short" | "long" | "common", message: string) =>
  new InvalidInput(message, { field: "password", reason });
