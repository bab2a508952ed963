/** Ids that one patch names; more, and the screens read the list anew. */
const MAX_NAMED = 200;

/** Users whose rows a commit changed, as its patch names them; null: too many to name. */
export const namedIds = (ids: readonly string[]): string[] | null =>
  ids.length > MAX_NAMED ? null : [...ids];
