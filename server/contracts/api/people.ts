import { z } from "zod";
import { PERSON_STATES, personReason, SECOND_FACTORS, segmentsOfScope } from "../person-verbs.ts";
import { PROVIDER_IDS } from "../single-sign-on.ts";
import { instant } from "./common.ts";

/** The one who opens the link of the log and becomes the first administrator. */
export const firstAdministrator = z.object({
  token: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  password: z.string().min(12).max(256),
});

/** Somebody who may sign in, could once, or is invited. */
export const person = z.object({
  id: z.string().describe("Of an invited person: the invitation's"),
  name: z.string(),
  email: z.string(),
  username: z.string().nullable(),
  role: z.string().nullable(),
  state: z.enum(PERSON_STATES),
  segments: z.array(z.string()).describe("Segments of the key-user list that a manager sees; none: all"),
  since: instant.describe("When they were made, or invited"),
  disabledAt: instant.nullable(),
  lastSignInAt: instant.nullable(),
  secondFactor: z
    .enum(SECOND_FACTORS)
    .describe("missing: they work with one alone, and have to enrol it before they do anything else"),
  secondFactorSince: instant.nullable(),
  hasPassword: z.boolean(),
  providers: z.array(z.enum(PROVIDER_IDS)).describe("By which they sign in"),
  sessions: z.number().int().describe("That have not ended"),
  link: z
    .object({ expiresAt: instant, isExpired: z.boolean() })
    .nullable()
    .describe("The one-time link that waits to be used"),
  isDemo: z.boolean(),
});
export type Person = z.infer<typeof person>;

export const people = z.object({
  items: z.array(person),
  roles: z
    .array(z.object({ role: z.string(), can: z.array(z.string()) }))
    .describe("All roles, each with its rights"),
  mails: z.boolean().describe("Whether one-time links are mailed as well"),
  providers: z
    .array(z.object({ id: z.enum(PROVIDER_IDS), name: z.string().nullable() }))
    .describe("By which people may sign in beside passwords"),
});
export type People = z.infer<typeof people>;

export const personSession = z.object({
  id: z.string(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  isHandheld: z.boolean(),
  address: z.string().nullable(),
  since: instant,
  lastSeenAt: instant.describe("To the minute"),
  isYours: z.boolean().describe("The session that asks"),
});
export type PersonSession = z.infer<typeof personSession>;
export const personSessions = z.object({ items: z.array(personSession) });
export type PersonSessions = z.infer<typeof personSessions>;

export const newInvitation = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  role: z.string().max(40),
  segments: segmentsOfScope.default([]),
  reason: personReason.optional(),
});

export const reasonBody = z.object({ reason: personReason });

/** A one-time link, told this once: it is kept as a hash alone. */
export const givenLink = z.object({
  url: z.string(),
  expiresAt: instant,
  mail: z.enum(["sent", "failed", "none"]).describe("none: no mail server is configured"),
});
export type GivenLink = z.infer<typeof givenLink>;

export const invited = z.object({ id: z.string(), name: z.string(), email: z.string(), link: givenLink });
export type Invited = z.infer<typeof invited>;

export const withdrawn = z.object({ id: z.string(), name: z.string() });

/** What was done to an account. */
export const personActed = z.object({
  name: z.string(),
  email: z.string(),
  sessions: z.number().int().describe("That ended"),
  link: givenLink.nullable(),
});
export type PersonActed = z.infer<typeof personActed>;

/** Somebody who uses a one-time link: its token is the right. */
export const linkUse = z.object({
  token: z.string().min(1).max(100),
  password: z.string().min(12).max(256),
});
