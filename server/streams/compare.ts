/**
 * Orders of content (rule C6): numbers as numbers, text by its UTF-8 bytes, null lowest. Negative, zero or positive
 * like any comparator.
 */

/** UTF-16 puts surrogates below U+E000…U+FFFF; code points, and so UTF-8 bytes, have them above. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

export function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

export function compareFen(a: bigint | null, b: bigint | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** Ids are canonical decimal text: compared as the numbers that they are. */
export function compareId(a: string, b: string): number {
  return a === b ? 0 : compareFen(BigInt(a), BigInt(b));
}
