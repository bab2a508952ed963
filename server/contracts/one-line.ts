import { z } from "zod";

/** Neither control characters nor marks that turn the direction of writing, end a line, or are drawn as nothing. */
const SEEN = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

/** What people write on one line, to be read as it was written: reasons, names. @param most UTF-16 units */
export const oneLine = (most: number) =>
  z.string().trim().min(1).max(most).regex(SEEN, "must be one line of characters that can be seen");
