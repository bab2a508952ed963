/** A JSON number as it was written, for amounts that a double cannot hold exactly. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.source);
  }
}

/** A number outside of strings that is so long, or written with an exponent, that its decimal text may get lost. */
const INEXACT = /[:,[]\s*-?(?:[\d.]{16,}|[\d.]*[eE])/;

/** Whether a JSON text may hold a number that a double is not. */
export const mayLoseDigits = (text: string): boolean => INEXACT.test(text);

export type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const keepNumbers: Reviver = (_key, value, { source }) =>
  typeof value === "number" && source !== undefined ? new JsonNumber(source) : value;

/**
 * JSON.parse that loses no digits: where a number might not survive as a double, all numbers come as their text
 * (rule C4: a number counts as its decimal text).
 * @throws {SyntaxError}
 */
export function parseJson(text: string): unknown {
  return mayLoseDigits(text) ? parseWith(text, keepNumbers) : JSON.parse(text);
}

/** JSON.parse with a reviver that is told how a number was written. @throws {SyntaxError} */
export const parseWith = (text: string, reviver: Reviver): unknown =>
  JSON.parse(text, reviver as (this: unknown, key: string, value: unknown) => unknown);
