/** How the live connection of a story stands. */
export type Line = "live" | "connecting" | "lost" | "refused";

let chosen: Line = "live";

export const chosenLine = (): Line => chosen;

export function chooseLine(line: Line): void {
  chosen = line;
}
