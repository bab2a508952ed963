import type { SEPARATOR_TEXT } from "./find-separator.ts";

/**
 * Cells like `="401003"`, as programs write them to keep a spreadsheet from taking an id for a number, have a quote where
 * CSV allows none: they are quoted as CSV would have them. Everything else, quoted cells above all, stays as it is.
 */
export function quoteFormulas(
  text: string,
  separator: (typeof SEPARATOR_TEXT)[keyof typeof SEPARATOR_TEXT],
): string {
  if (!text.includes('="')) return text;
  const plainEnd = new RegExp(`[${separator}\\r\\n]`, "g");
  const isEnd = (at: number) => at >= text.length || `${separator}\r\n`.includes(text.charAt(at));
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith('="', at)) {
      const end = text.indexOf('"', at + 2) + 1;
      const content = text.slice(at + 2, end - 1);
      if (end > 0 && isEnd(end) && !/[\r\n]/.test(content)) {
        pieces.push(text.slice(copied, at), `"=""${content}"""`);
        copied = end;
        at = end;
        continue;
      }
    }
    at = text[at] === '"' ? behindQuoted(text, at) : at;
    plainEnd.lastIndex = at;
    at = plainEnd.exec(text)?.index ?? text.length;
  }
  return pieces.join("") + text.slice(copied);
}

/** Behind the quote that closes a cell; where none does, behind the one that opens it. */
function behindQuoted(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return (at < 0 ? opening : at) + 1;
}
