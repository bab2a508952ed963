/** Prisma's code for a second row where one is allowed. */
export const NOT_UNIQUE = "P2002";
