import { test as base, expect, type Page } from "@playwright/test";
import { faultsOf } from "./faults.ts";
import type { Plain } from "./global-setup.ts";
import { API_KEY, PASSWORD, PEOPLE, type Role } from "./people.ts";

type Row = Record<string, unknown>;
type StreamPath = "orders" | "premium-changes" | "page-views";

/** What a sender is: it posts events and hears what became of them. */
export interface Sender {
  post(stream: StreamPath, rows: readonly Row[]): Promise<{ accepted: number; received: number }>;
}

interface Fixtures {
  /** Address of the worker's empty system. */
  url: string;
  /** Its DATA_DIR. */
  dataDir: string;
  sender: Sender;
  /** Signs a page in; the first person of that role unless an address is given. */
  signIn: (page: Page, role: Role, email?: string) => Promise<void>;
  /** Every page of every test obeys the content policy, throws nothing, and is answered as the contracts promise. */
  faults: string[];
}

function given(name: "E2E_PLAIN" | "E2E_DEMO_URL"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: the global set-up did not run`);
  return value;
}

function plain(worker: number): Plain {
  const system = (JSON.parse(given("E2E_PLAIN")) as Plain[])[worker];
  if (!system) throw new Error(`worker ${worker} has no system`);
  return system;
}

export const demoUrl = (): string => given("E2E_DEMO_URL");

async function post(url: string, stream: StreamPath, rows: readonly Row[]) {
  const response = await fetch(`${url}/ingest/${stream}`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(rows),
  });
  if (!response.ok) throw new Error(`${stream}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { accepted: number; received: number };
}

/** Signs in through the public route, which sets the session cookie of the page's context. */
export async function signInAt(url: string, page: Page, email: string, password: string): Promise<void> {
  const response = await page.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email, password },
  });
  expect(response.ok(), `sign-in of ${email}: ${response.status()}`).toBe(true);
}

export const test = base.extend<Fixtures>({
  faults: [
    async ({ browser }, use) => {
      const [faults, release] = faultsOf(browser);
      await use(faults);
      release();
      expect(faults, "faults of the pages").toEqual([]);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list and insists on a pattern
  url: async ({}, use, { parallelIndex }) => use(plain(parallelIndex).url),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list and insists on a pattern
  dataDir: async ({}, use, { parallelIndex }) => use(plain(parallelIndex).dataDir),
  sender: async ({ url }, use) => use({ post: (stream, rows) => post(url, stream, rows) }),
  signIn: async ({ url }, use) =>
    use(async (page, role, email) => {
      const person = PEOPLE.find((each) => (email ? each.email === email : each.role === role));
      if (!person) throw new Error(`no such person: ${email ?? role}`);
      await signInAt(url, page, person.email, PASSWORD);
    }),
});
export { expect };
