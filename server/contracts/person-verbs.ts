import { z } from "zod";
import { oneLine } from "./one-line.ts";
import { LONGEST_SUBJECT, PROVIDER_IDS } from "./single-sign-on.ts";

/** What somebody is to the sign-in: an invited one has not used the link yet. */
export const PERSON_STATES = ["active", "invited", "disabled"] as const;
export type PersonState = (typeof PERSON_STATES)[number];

/** Whether somebody has a second factor; missing: none, although one is asked of their role. */
export const SECOND_FACTORS = ["authenticator", "missing", "none"] as const;
export type SecondFactor = (typeof SECOND_FACTORS)[number];

/** Why somebody did something to an account; it stands in the audit log for good. */
export const personReason = oneLine(500);

/** UTF-16 units. */
export const LONGEST_SEGMENT = 64;

/** A segment of the key-user list, as people wrote it. */
export const segmentName = oneLine(LONGEST_SEGMENT);
/** Segments of a manager's scope; none: all customers. */
export const segmentsOfScope = z.array(segmentName).max(100);

/** An act to one account, as it is offered, declared and commanded. */
interface VerbShape {
  /** Its name on the command line. */
  readonly command: string;
  /** What it does, for the document of the API and the command line. */
  readonly summary: string;
  /** Of its audit row. */
  readonly action: string;
  /** On whom it is offered. */
  readonly on: readonly PersonState[];
  /** Every session of the person ends with it. */
  readonly endsSessions: boolean;
  /** It leaves a one-time link, shown once. */
  readonly givesLink: boolean;
  /** Whether an administrator may do it to themselves over HTTP. */
  readonly onSelf: boolean;
  /** Whoever does it may come in as the person afterwards, or let somebody in as them. */
  readonly opensAccount: boolean;
  /** It takes something away from the person. */
  readonly isDanger: boolean;
  /** What it is told besides a reason. */
  readonly given: z.ZodRawShape;
}

/**
 * Everything that can be done to a person's account. Routes, rights, commands and buttons follow from it; what each does is in
 * server/people/person-verbs.ts, its words are in components/people/messages.
 */
export const PERSON_VERBS = {
  role: {
    command: "set-role",
    summary: "Gives a person another role; their sockets close and come back with its topics",
    action: "person.set-role",
    on: ["active", "disabled"],
    endsSessions: false,
    givesLink: false,
    onSelf: true,
    opensAccount: false,
    isDanger: false,
    // `from`: the role that was seen; another one by now is refused.
    given: { role: z.string().max(40), from: z.string().max(40).optional() },
  },
  scope: {
    command: "set-scope",
    summary: "Names the segments of the key-user list that a manager sees; none: all of them",
    action: "person.set-scope",
    on: ["active", "disabled"],
    endsSessions: false,
    givesLink: false,
    onSelf: true,
    opensAccount: false,
    isDanger: false,
    given: { segments: segmentsOfScope },
  },
  disable: {
    command: "disable",
    summary: "Ends it all for a person: sessions, sockets, sign-in",
    action: "person.disable",
    on: ["active"],
    endsSessions: true,
    givesLink: false,
    onSelf: true,
    opensAccount: false,
    isDanger: true,
    given: {},
  },
  enable: {
    command: "enable",
    summary: "Lets a disabled person sign in again",
    action: "person.enable",
    on: ["disabled"],
    endsSessions: true,
    givesLink: false,
    onSelf: true,
    opensAccount: true,
    isDanger: false,
    given: {},
  },
  reset: {
    command: "reset",
    summary:
      "Gives a one-time link by which a person chooses another password; the present one counts no more, every session ends",
    action: "person.reset",
    on: ["active"],
    endsSessions: true,
    givesLink: true,
    onSelf: false,
    opensAccount: true,
    isDanger: true,
    given: {},
  },
  "reset-second-factor": {
    command: "reset-second-factor",
    summary:
      "Takes a person's second factor and recovery codes away: the telephone is lost; every session ends",
    action: "second-factor.reset",
    on: ["active"],
    endsSessions: true,
    givesLink: false,
    onSelf: false,
    opensAccount: true,
    isDanger: true,
    given: {},
  },
  join: {
    command: "join",
    summary: "Joins a person to whom a sign-in provider knows by this id: they sign in by it from then on",
    action: "person.join",
    on: ["active", "disabled"],
    endsSessions: false,
    givesLink: false,
    onSelf: false,
    opensAccount: true,
    isDanger: false,
    given: { provider: z.enum(PROVIDER_IDS), subject: oneLine(LONGEST_SUBJECT) },
  },
  unjoin: {
    command: "unjoin",
    summary: "Unjoins a person from a sign-in provider: they sign in by it no more; every session ends",
    action: "person.unjoin",
    on: ["active", "disabled"],
    endsSessions: true,
    givesLink: false,
    onSelf: true,
    opensAccount: false,
    isDanger: true,
    given: { provider: z.enum(PROVIDER_IDS) },
  },
  "sign-out": {
    command: "sign-out",
    summary: "Ends every session of a person",
    action: "person.sign-out",
    on: ["active"],
    endsSessions: true,
    givesLink: false,
    onSelf: true,
    opensAccount: false,
    isDanger: false,
    given: {},
  },
} as const satisfies Readonly<Record<string, VerbShape>>;

export type PersonVerbName = keyof typeof PERSON_VERBS;
export const PERSON_VERB_NAMES = Object.keys(PERSON_VERBS) as PersonVerbName[];

/** What a verb is told besides a reason. */
export type GivenTo<V extends PersonVerbName> = z.output<z.ZodObject<(typeof PERSON_VERBS)[V]["given"]>>;

/** Whether a verb is offered on somebody in this state. */
export const isOfferedOn = (verb: PersonVerbName, state: PersonState): boolean =>
  (PERSON_VERBS[verb].on as readonly PersonState[]).includes(state);

/** Whether a verb would do anything to somebody. */
export const isOfferedTo = (
  verb: PersonVerbName,
  { state, secondFactor }: { readonly state: PersonState; readonly secondFactor: SecondFactor },
): boolean =>
  isOfferedOn(verb, state) && (verb !== "reset-second-factor" || secondFactor === "authenticator");
