// Apart from the schemas, which browsers do not carry.

/** Hours that a rotated key may go on at most. */
export const LONGEST_OVERLAP_HOURS = 720;
/** Hours that a rotated key goes on when nobody says otherwise. */
export const USUAL_OVERLAP_HOURS = 24;
/** Characters. */
export const LONGEST_KEY_NAME = 100;
export const MOST_PER_MINUTE = 1_000_000;
