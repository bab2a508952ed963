import { InvalidInput } from "../lib/errors.ts";
import { isSpace } from "./records.ts";

const BOM_BYTES = 3;

const hasBom = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

export const emptyBody = (): InvalidInput => new InvalidInput("The body is empty. Send at least one event.");

export const withoutBom = (bytes: Buffer): Buffer => (hasBom(bytes) ? bytes.subarray(BOM_BYTES) : bytes);

export function hasContent(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (!isSpace(bytes[at])) return true;
  return false;
}

/** What stands behind a byte order mark. @throws {InvalidInput} when there is nothing to read */
export const contentOf = (body: Buffer): Buffer => requireContent(withoutBom(body));

/** @throws {InvalidInput} when there is nothing to read */
export function requireContent(content: Buffer): Buffer {
  if (hasContent(content)) return content;
  throw emptyBody();
}
