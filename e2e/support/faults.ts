import type { Browser, BrowserContext, Response } from "@playwright/test";
import { SCHEMAS } from "#server/http/openapi/schemas.ts";
import { ROUTER } from "#server/routes.ts";

const MARK = "content policy:";

/**
 * Listens to all pages of contexts that are opened from here on: what the content policy stopped, what was thrown and not
 * caught, and answers that are not as their schema says. The second of the pair ends it.
 */
export function faultsOf(browser: Browser): [faults: string[], release: () => void] {
  const faults: string[] = [];
  const open = browser.newContext;
  browser.newContext = async (...options) => {
    const context = await open.apply(browser, options);
    await listen(context, faults);
    return context;
  };
  const release = () => {
    browser.newContext = open;
  };
  return [faults, release];
}

async function listen(context: BrowserContext, faults: string[]): Promise<void> {
  context.on("console", (message) => {
    if (message.text().startsWith(MARK)) faults.push(message.text());
  });
  context.on("weberror", (error) => faults.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on("response", (response) => {
    void faultOfAnswer(response).then((fault) => fault && faults.push(fault));
  });
  await context.addInitScript((mark) => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`${mark} ${event.violatedDirective} stopped ${event.blockedURI} on ${event.documentURI}`);
    });
  }, MARK);
}

/** Of an act that waits for a second administrator. */
const WAITS = 202;

/** What a browser is answered is never checked there: here it is. */
async function faultOfAnswer(response: Response): Promise<string | null> {
  if (!response.ok()) return null;
  const method = response.request().method();
  const { pathname } = new URL(response.url());
  const route = ROUTER.find(method, pathname)?.route;
  if (!route || !("schema" in route.answer)) return null;
  const body: unknown = await response.json().catch(() => undefined);
  if (body === undefined) return null; // the page went away before its answer was read
  const schema = route.isGuarded && response.status() === WAITS ? "Proposed" : route.answer.schema;
  const parsed = SCHEMAS[schema].safeParse(body);
  return parsed.success ? null : `${method} ${pathname} is no ${schema}: ${parsed.error.message}`;
}
