/** How the connection stands; data age is another matter (freshness.ts). */
export type ConnectionState =
  | { readonly name: "connecting" }
  | { readonly name: "live"; readonly since: number }
  | { readonly name: "reconnecting"; readonly since: number }
  | { readonly name: "offline"; readonly since: number }
  | { readonly name: "signedOut" };

export type ConnectionEvent =
  | { readonly type: "welcomed"; readonly at: number }
  | { readonly type: "lost"; readonly at: number }
  | { readonly type: "networkGone"; readonly at: number }
  | { readonly type: "networkBack"; readonly at: number }
  | { readonly type: "refused" }
  /** The person has signed in again on this page. */
  | { readonly type: "signedIn" };

type Name = ConnectionState["name"];
type Transition = (state: ConnectionState, at: number) => ConnectionState;

const stay: Transition = (state) => state;
const live: Transition = (_state, at) => ({ name: "live", since: at });
const reconnecting: Transition = (_state, at) => ({ name: "reconnecting", since: at });
const offline: Transition = (_state, at) => ({ name: "offline", since: at });
const connecting: Transition = () => ({ name: "connecting" });
const signedOut: Transition = () => ({ name: "signedOut" });

/** Complete: every event has its answer in every state. */
const TABLE: Readonly<Record<Name, Readonly<Record<ConnectionEvent["type"], Transition>>>> = {
  connecting: {
    welcomed: live,
    lost: stay,
    networkGone: offline,
    networkBack: stay,
    refused: signedOut,
    signedIn: stay,
  },
  live: {
    welcomed: stay,
    lost: reconnecting,
    networkGone: offline,
    networkBack: stay,
    refused: signedOut,
    signedIn: stay,
  },
  reconnecting: {
    welcomed: live,
    lost: stay,
    networkGone: offline,
    networkBack: stay,
    refused: signedOut,
    signedIn: stay,
  },
  offline: {
    welcomed: live,
    lost: stay,
    networkGone: stay,
    networkBack: reconnecting,
    refused: signedOut,
    signedIn: stay,
  },
  signedOut: {
    welcomed: live,
    lost: stay,
    networkGone: stay,
    networkBack: stay,
    refused: stay,
    signedIn: connecting,
  },
};

export function nextConnection(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  return TABLE[state.name][event.type](state, "at" in event ? event.at : 0);
}
