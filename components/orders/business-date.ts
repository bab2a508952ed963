const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a date that the calendar has, within what the server takes. */
export function isBusinessDate(text: string): boolean {
  if (!DATE.test(text) || text < "1970" || text >= "9999") return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}
