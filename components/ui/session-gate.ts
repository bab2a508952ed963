/**
 * Where requests wait whose session has ended, until the same person has signed in again: nothing that was typed is lost, and
 * what was being sent is sent then. Works where somebody guards it, that is, behind the sign-in.
 */
class SessionGate {
  #isGuarded = false;
  #isClosed = false;
  #waiting: (() => void)[] = [];
  readonly #subscribers = new Set<() => void>();

  /** From now on somebody asks people to sign in again. @returns ends it */
  guard(): () => void {
    this.#isGuarded = true;
    return () => {
      this.#isGuarded = false;
      this.#set(false);
    };
  }

  /** The server knows this session no more. @returns whether the request may be sent again, once it may */
  async ended(): Promise<boolean> {
    if (!this.#isGuarded) return false;
    this.#set(true);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return true;
  }

  /** The same person has signed in again. */
  open(): void {
    this.#set(false);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** This page is being left: nobody is asked any more. */
  leave(): void {
    this.#isGuarded = false;
  }

  isClosed = (): boolean => this.#isClosed;

  subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };

  #set(isClosed: boolean): void {
    this.#isClosed = isClosed;
    for (const subscriber of this.#subscribers) subscriber();
  }
}

/** One for the page: requests are made outside of components as well. */
export const sessionGate = new SessionGate();

/** fetch for our own routes: when the session has ended, it waits for the next one and asks once more. */
export async function fetchSignedIn(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.status !== 401 || !(await sessionGate.ended())) return response;
  return fetch(path, init);
}
