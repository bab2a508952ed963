/**
 * Advisory locks of the database, which all who connect to it share: any number does, as long as each has one of its own. Two that had the same
 * would wait for each other though they mean different things.
 */
export const LOCKS = {
  /** Processes that start together look after the roles one after the other. */
  roles: 4_715_201,
  /** Two that read for the first time grant one after the other. */
  grants: 4_715_202,
  /** Processes that start together make what is missing one after the other. */
  start: 4_715_203,
  /** Whoever holds it sends the demo's events. */
  demo: 4_715_204,
  /** Processes that start together hand the audit log over one after the other. */
  audit: 4_715_205,
} as const;
