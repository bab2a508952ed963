import { InvalidInput } from "../lib/errors.ts";
import { trim } from "./records.ts";

const BOM_BYTES = 3;

const hasBom = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

export const emptyBody = (): InvalidInput => new InvalidInput("The body is empty. Send at least one event.");

export const withoutBom = (bytes: Buffer): Buffer => (hasBom(bytes) ? bytes.subarray(BOM_BYTES) : bytes);

export function hasContent(bytes: Buffer): boolean {
  const { start, end } = trim(bytes, 0, bytes.length);
  return start < end;
}

/** What stands behind a byte order mark. @throws {InvalidInput} when there is nothing to read */
export const contentOf = (body: Buffer): Buffer => requireContent(withoutBom(body));

/** @throws {InvalidInput} when there is nothing to read */
export function requireContent(content: Buffer): Buffer {
  if (hasContent(content)) return content;
  throw emptyBody();
}
