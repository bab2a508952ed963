import type { ServerResponse } from "node:http";

/** On every answer, whoever gives it: page, file, API, socket, refusal. */
export const EVERY_HEADER: Readonly<Record<string, string>> = {
  // What an answer says it is, it is: no file is run because a browser guesses that it could be.
  "x-content-type-options": "nosniff",
  // The product uses none of these; a script that got in shall not either.
  "permissions-policy":
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()",
};

export function setEveryHeader(response: Pick<ServerResponse, "setHeader">): void {
  for (const [name, value] of Object.entries(EVERY_HEADER)) response.setHeader(name, value);
}
