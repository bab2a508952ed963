import type { IncomingMessage } from "node:http";

const NAMES = ["authorization", "x-forwarded-for"] as const;

/** Of a machine's request what tells whose key it bears and from where it comes, and nothing else: this is on the way of every event. */
export function senderHeaders({ headers: given }: Pick<IncomingMessage, "headers">): Headers {
  const headers = new Headers();
  for (const name of NAMES) {
    const value = given[name];
    if (value) headers.set(name, value.toString());
  }
  return headers;
}
