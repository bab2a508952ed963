import { z } from "zod";
import { InvalidInput } from "../lib/errors.ts";

/** Characters as a reader counts them: code points. */
const LONGEST_NAME = 80;
const USERNAME = /^[a-z0-9_.]{2,30}$/;
/** Controls, marks that turn the direction of writing, and whatever is drawn as nothing: two names could look alike. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u;
const ADDRESS = z.email().max(254);
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const LATIN = /\p{Script=Latin}/u;
/** Beside Latin letters stand those that nobody takes for one; many alphabets hold some that are drawn alike. */
const BESIDE_LATIN =
  /[^\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]/u;
/** Latin letters of phonetics and of old books, which no name of today has. */
const UNUSUAL_LATIN = /[\u0250-\u02AF\u1D00-\u1DBF\u2C60-\u2C7F\uA720-\uA7FF\uAB30-\uAB6F]/u;
/** The name stands in e-mails that others get. */
const OF_ADDRESSES = /[/\\]|www\./i;
/** What the audit log calls those who are no person, in both languages. */
const RESERVED = new Set([
  "system",
  "anonymous",
  "tidewatch",
  "stream",
  "the stream",
  "系统",
  "数据流",
  "匿名",
]);

/**
 * A person's name as it is stored: composed (NFC), one blank between its parts, none around them.
 * @throws {InvalidInput} empty, longer than 80 characters, with characters that nobody can see, with alphabets mixed that look alike, or a name of the audit log's own
 */
export function personName(given: string): string {
  if (UNSEEN.test(given)) {
    throw refused("name", "The name holds a character that cannot be seen: write it without control marks.");
  }
  const name = given.normalize("NFC").replace(/\s+/gu, " ").trim();
  if (OF_ADDRESSES.test(name)) {
    throw refused(
      "name",
      "The name holds a sign of addresses (a slash or www.): mail programs would make a link of it.",
    );
  }
  if (!LETTER_OR_DIGIT.test(name)) throw refused("name", "The name needs a letter or a digit.");
  if (LATIN.test(name) && (BESIDE_LATIN.test(name) || UNUSUAL_LATIN.test(name))) {
    throw refused("name", "The name mixes letters that look alike: write it in one alphabet.");
  }
  if (RESERVED.has(foldedName(name)) || foldedName(name).startsWith("cli:")) {
    throw refused("name", "The audit log calls something else by this name: take another one.");
  }
  if ([...name].length > LONGEST_NAME) {
    throw refused("name", `The name is longer than ${LONGEST_NAME} characters.`);
  }
  return name;
}

/**
 * A user name as it is stored: small letters.
 * @throws {InvalidInput} anything but 2 to 30 letters (a to z), digits, dots and underscores
 */
export function userName(given: string): string {
  const username = given.trim().toLowerCase();
  if (USERNAME.test(username)) return username;
  throw refused("username", "The user name is 2 to 30 letters (a to z), digits, dots or underscores.");
}

/**
 * An e-mail address as it is stored: small letters.
 * @throws {InvalidInput} it is none, or longer than 254 characters
 */
export function mailAddress(given: string): string {
  const address = given.trim().toLowerCase();
  if (ADDRESS.safeParse(address).success) return address;
  throw refused("email", "Write an e-mail address, such as name@example.com.");
}

/** Equal for names that differ in case or in width alone (NFKC and case folding): one person has each of these. */
export function foldedName(name: string): string {
  const wide = name.normalize("NFKC").toUpperCase().toLowerCase();
  return wide.normalize("NFKC").replace(/\s+/gu, " ").trim();
}

const refused = (field: string, message: string) => new InvalidInput(message, { field });
