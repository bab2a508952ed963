/** Marks that turn the direction of what follows them: U+061C, U+200E, U+200F, U+202A … U+202E, U+2066 … U+2069. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Text from outside as it is written: its marks of direction are shown, not obeyed, so that none makes one name look like another. */
export const plainText = (text: string): string =>
  text.replace(
    DIRECTION_MARKS,
    (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );

/** Several of them in one line; those that are not known are left out. */
export const plainLine = (...parts: readonly (string | null | undefined)[]): string =>
  parts.flatMap((part) => (part ? [plainText(part)] : [])).join(" · ");
