import { expect, test } from "vitest";
import { type ConnectionEvent, type ConnectionState, nextConnection } from "./connection-state.ts";

const STATES: Record<ConnectionState["name"], ConnectionState> = {
  connecting: { name: "connecting" },
  live: { name: "live", since: 1 },
  reconnecting: { name: "reconnecting", since: 1 },
  offline: { name: "offline", since: 1 },
  signedOut: { name: "signedOut" },
};
const EVENTS: Record<ConnectionEvent["type"], ConnectionEvent> = {
  welcomed: { type: "welcomed", at: 9 },
  lost: { type: "lost", at: 9 },
  networkGone: { type: "networkGone", at: 9 },
  networkBack: { type: "networkBack", at: 9 },
  refused: { type: "refused" },
  signedIn: { type: "signedIn" },
};

//                 welcomed  lost            networkGone  networkBack     refused      signedIn
const TABLE = {
  connecting: ["live", "connecting", "offline", "connecting", "signedOut", "connecting"],
  live: ["live", "reconnecting", "offline", "live", "signedOut", "live"],
  reconnecting: ["live", "reconnecting", "offline", "reconnecting", "signedOut", "reconnecting"],
  offline: ["live", "offline", "offline", "reconnecting", "signedOut", "offline"],
  signedOut: ["live", "signedOut", "signedOut", "signedOut", "signedOut", "connecting"],
} as const;

const CASES = Object.entries(TABLE).flatMap(([state, row]) =>
  Object.keys(EVENTS).map((event, index) => [state, event, row[index]] as const),
);

test.each(CASES)("%s, %s: %s", (state, event, next) => {
  const before = STATES[state as keyof typeof STATES];
  const after = nextConnection(before, EVENTS[event as keyof typeof EVENTS]);
  expect(after.name).toBe(next);
  if (after.name === before.name) expect(after).toBe(before); // staying keeps `since`
});
