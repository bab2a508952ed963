/**
 * Sorts what moves all the time so that nothing jumps under the eye: what was shown keeps its place, newcomers come
 * behind, those with the most accounts first.
 */
export function keepPlaces<T extends { readonly accounts: number }>(
  items: readonly T[],
  keyOf: (item: T) => string,
  shown: readonly string[],
): T[] {
  const places = new Map(shown.map((key, place) => [key, place]));
  const placeOf = (item: T) => places.get(keyOf(item)) ?? shown.length;
  const byKey = (a: T, b: T) => (keyOf(a) < keyOf(b) ? -1 : 1);
  return items.toSorted((a, b) => placeOf(a) - placeOf(b) || b.accounts - a.accounts || byKey(a, b));
}
