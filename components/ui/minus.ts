/** The sign of what is below zero, on all screens: as wide as a plus, and not the hyphen that locales write. */
export const MINUS = "−";

/** A formatted number with that sign. */
export const withMinus = (number: string): string => number.replace(/^-/, MINUS);
