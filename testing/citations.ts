/**
 * How code, tests, SQL and documents cite a rule of docs/rules.md. In comments any rule counts: "(rule K3)", "rules O4, O7", "K2–K9".
 * Elsewhere a rule looks like an order number, so only these forms count:
 *
 * - after the word: `rule C3`, `rules O4, O7`, `rules P1 to P4`;
 * - in brackets of their own: `(O6)`, `(C9, C10)`, `(O1–O5, O7)`;
 * - at the beginning of a title, before a colon: `"K2: who counts"`, `"O1–O5, C6: hours are …"`.
 */
const RULE = String.raw`[COKPW]\d{1,2}(?!\w|\.\d)`;
const LIST = `${RULE}(?:(?:, | and | or | to |–)${RULE})*`;
const FORMS = [
  new RegExp(String.raw`\b[Rr]ules? (${LIST})`, "g"),
  new RegExp(String.raw`\((?:[Rr]ules? )?(${LIST})\)`, "g"),
  new RegExp(String.raw`["'\`](${LIST}):`, "g"),
];
const IN_COMMENT = new RegExp(String.raw`(?<![\w.-])(${LIST})`, "g");
/** What a line says in a comment: of TypeScript, Prisma, SQL or CSS. */
const COMMENT = /(?:^\s*\*(?!\/)|\/\*+|(?:^|\s)\/\/+|(?:^|\s)--)\s(.*)$/;
/** The only names of the field that look like rules. */
const PERCENTILE = /^P(?:50|75|90|95|99)$/;

export interface Citation {
  /** "K3" */
  readonly rule: string;
  readonly line: number;
}

/** Rules that a text cites. */
export function citationsOf(text: string): Citation[] {
  return text.split("\n").flatMap((content, index) => {
    const comment = COMMENT.exec(content)?.[1] ?? "";
    const found = new Set(FORMS.flatMap((form) => listsIn(content, form)));
    for (const rule of listsIn(comment, IN_COMMENT)) found.add(rule);
    return [...found].map((rule) => ({ rule, line: index + 1 }));
  });
}

const listsIn = (text: string, form: RegExp): string[] =>
  [...text.matchAll(form)].flatMap(([, list = ""]) => rulesOf(list)).filter((rule) => !PERCENTILE.test(rule));

/** "K2–K4, K6" → K2, K3, K4, K6 */
function rulesOf(list: string): string[] {
  return list.split(/, | and | or /).flatMap((part) => {
    const [first = "", last = first] = part.split(/–| to /);
    const [from, to] = [numberOf(first), numberOf(last)];
    return Array.from({ length: Math.max(1, to - from + 1) }, (_, step) => `${first[0]}${from + step}`);
  });
}

const numberOf = (rule: string): number => Number(rule.slice(1));
