/** A session ends this long after its sign-in, whatever happens in it. */
export const SESSION_SECONDS = 12 * 3600;

/** Whether a session is past its age, whatever end was written for it: earlier versions moved it on. */
export const isTooOld = (session: { readonly createdAt: Date }, now: number): boolean =>
  session.createdAt.getTime() + SESSION_SECONDS * 1_000 <= now;
