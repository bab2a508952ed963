/** What an order did to an hour (rule O8), by the numbers that stand for it in memory and in the database. */
export const CAUSE_KINDS = ["joined", "amended", "left"] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];
export const [JOINED, AMENDED, LEFT] = [0, 1, 2] as const;
