/** Characters, counted as code points after `normalPassword`. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

/** Keyboards write the same character in several ways: what is hashed and compared is one of them. */
export const normalPassword = (given: string): string => given.normalize("NFKC");
