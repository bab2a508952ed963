/** The first part of a UUID is enough to tell people apart; anything else is whole. */
export const shortenedId = (id: string): string =>
  /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) ? `${id.slice(0, 8)}…` : id;
