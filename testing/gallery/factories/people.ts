import type { GivenLink, People, Person, PersonSession } from "#server/contracts/api/people.ts";
import { rolesWithRights } from "#server/people/roles.ts";

const DAY_MS = 86_400_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

export const aPerson = (given: Partial<Person> = {}): Person => ({
  id: "ou",
  name: "Ou Ping",
  email: "ou.ping@example.cn",
  username: null,
  role: "operations",
  state: "active",
  segments: [],
  since: "2026-03-03T02:00:00.000Z",
  disabledAt: null,
  lastSignInAt: ago(3_600_000),
  secondFactor: "authenticator",
  secondFactorSince: "2026-03-04T02:00:00.000Z",
  hasPassword: true,
  providers: [],
  sessions: 2,
  link: null,
  isDemo: false,
  ...given,
});

const NO_FACTOR = { secondFactor: "none", secondFactorSince: null } as const;
const MISSING = { secondFactor: "missing", secondFactorSince: null } as const;

/** One in each state. */
export const somePeople = (): Person[] => [
  aPerson({
    id: "lin",
    name: "Lin Wei",
    email: "lin.wei@example.cn",
    role: "administrator",
    sessions: 1,
    ...MISSING,
  }),
  aPerson(),
  aPerson({
    id: "song",
    name: "Song Rui",
    email: "song.rui@example.cn",
    ...NO_FACTOR,
    state: "invited",
    lastSignInAt: null,
    sessions: 0,
    link: { expiresAt: ago(-2 * DAY_MS), isExpired: false },
  }),
  aPerson({
    id: "xu",
    name: "徐岚",
    email: "xu.lan@example.cn",
    ...NO_FACTOR,
    state: "invited",
    lastSignInAt: null,
    sessions: 0,
    link: { expiresAt: ago(DAY_MS), isExpired: true },
  }),
  aPerson({
    id: "han",
    name: "Han Mei",
    email: "han.mei@example.cn",
    username: "hanmei",
    role: "manager",
    segments: ["高净值", "east"],
    hasPassword: false,
    providers: ["wecom"],
    link: { expiresAt: ago(-DAY_MS), isExpired: false },
  }),
  aPerson({
    id: "yan",
    name: "Yan Bo",
    email: "yan.bo@example.cn",
    role: "manager",
    ...NO_FACTOR,
    state: "disabled",
    disabledAt: "2026-10-14T02:00:00.000Z",
    sessions: 0,
  }),
];

export const thePeople = (items = somePeople()): People => ({
  items,
  roles: rolesWithRights(),
  mails: false,
  providers: [
    { id: "oidc", name: "Harbour ID" },
    { id: "wecom", name: null },
  ],
});

export const someSessions = (): PersonSession[] => [
  {
    id: "one",
    browser: "Chrome",
    system: "Windows",
    isHandheld: false,
    address: "10.20.4.18",
    since: ago(2 * 3_600_000),
    lastSeenAt: ago(20_000),
    isYours: true,
  },
  {
    id: "two",
    browser: "Safari",
    system: "iPhone",
    isHandheld: true,
    address: "2001:db8::18",
    since: ago(DAY_MS),
    lastSeenAt: ago(DAY_MS / 2),
    isYours: false,
  },
  {
    id: "three",
    browser: null,
    system: null,
    isHandheld: false,
    address: null,
    since: ago(3 * DAY_MS),
    lastSeenAt: ago(3 * DAY_MS),
    isYours: false,
  },
];

export const aLink = (mail: GivenLink["mail"] = "none"): GivenLink => ({
  url: "https://tidewatch.example.com/invitation?token=AbCdEfGhIjKlMnOpQrStUvWxYz012345",
  expiresAt: ago(-3 * DAY_MS),
  mail,
});
