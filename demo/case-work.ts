import { type CaseSummary, caseSummary, casesPage } from "../server/contracts/api/retention.ts";
import { Client } from "./client.ts";
import { Random } from "./random.ts";
import type { DemoSettings, Say } from "./settings.ts";

/** What the demo's manager has done with a case, as a list of verbs in order. */
interface Verb {
  readonly name: "claim" | "contact" | "note" | "close";
  readonly body: Readonly<Record<string, string>>;
}
const CLAIM: Verb = { name: "claim", body: {} };
const CONTACT: Verb = { name: "contact", body: {} };
const NOTES = ["客户下周回电", "已发送续保方案", "对保费有疑问，已解释", "家庭情况变化，暂时减保"] as const;

/** Shares of cases by how far they have come; the rest nobody has touched. */
const CLOSED = 0.3;
const CONTACTED = 0.15;
const CLAIMED = 0.12;

/** Works on some of the new cases as a person would: through the sign-in and the verbs of the public API. */
export async function workOnCases(settings: DemoSettings, say: Say, signal: AbortSignal): Promise<void> {
  if (!settings.manager) return;
  try {
    const client = await signIn(settings, say, signal);
    const { items } = await client.get(
      "/api/v1/retention/cases?state=new&sort=openedAt&limit=500",
      casesPage,
    );
    for (const found of items) await workOn(client, settings.seed, found);
  } catch (error) {
    signal.throwIfAborted();
    say({ level: "warn", message: `demo: the cases were left as they are: ${String(error)}` });
  }
}

async function signIn({ baseUrl, manager }: DemoSettings, say: Say, signal: AbortSignal): Promise<Client> {
  const origin = new URL(baseUrl).origin;
  const visitor = new Client({ baseUrl, credentials: { origin }, say, signal });
  const response = await visitor.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(manager),
  });
  const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  return new Client({ baseUrl, credentials: { origin, cookie: cookie.join("; ") }, say, signal });
}

async function workOn(client: Client, seed: number, found: CaseSummary): Promise<void> {
  let version = found.version;
  for (const { name, body } of planFor(seed, found.userId)) {
    const response = await client.request(`/api/v1/retention/cases/${found.id}/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "if-match": `"${version}"` },
      body: JSON.stringify(body),
    });
    version = caseSummary.parse(await response.json()).version;
  }
}

/** The verbs for one user's case; the same for the same seed. */
export function planFor(seed: number, userId: string): readonly Verb[] {
  const random = new Random(seed, "desk", userId);
  const fate = random.fraction();
  const note: Verb = { name: "note", body: { text: random.pick(NOTES) } };
  if (fate < CLOSED) {
    const outcome = random.pick(["retained", "retained", "retained", "lost", "lost", "not_at_risk"]);
    return [CLAIM, CONTACT, note, { name: "close", body: { outcome } }];
  }
  if (fate < CLOSED + CONTACTED) return [CLAIM, CONTACT, note];
  return fate < CLOSED + CONTACTED + CLAIMED ? [CLAIM] : [];
}
