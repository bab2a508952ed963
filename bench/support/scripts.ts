import { type Browser, errors, type Page } from "@playwright/test";
import { openPage } from "./browser.ts";

/** Scripts as they come over the wire, heads included, kB of 1,000 bytes. */
export interface Scripts {
  /** Those that the document itself names: as its scripts, or as what it is made of. */
  readonly named: number;
  /** All that were loaded, in the end. */
  readonly all: number;
  readonly namedUrls: ReadonlySet<string>;
}

/** Call before the page is opened, and what it answers, with the document's text, when the page has come to rest. */
export async function countScripts(page: Page): Promise<(document: string) => Scripts> {
  const session = await page.context().newCDPSession(page);
  const urls = new Map<string, string>();
  const loaded: { readonly url: string; readonly bytes: number }[] = [];
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script") urls.set(requestId, response.url);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId);
    if (url !== undefined) loaded.push({ url, bytes: encodedDataLength });
  });
  await session.send("Network.enable");
  return (document) => {
    const named = loaded.filter(({ url }) => document.includes(new URL(url).pathname));
    const sum = (scripts: typeof loaded) =>
      scripts.reduce((bytes, script) => bytes + script.bytes, 0) / 1_000;
    return { named: sum(named), all: sum(loaded), namedUrls: new Set(named.map(({ url }) => url)) };
  };
}

/**
 * Proves that the board can be used with the scripts that its document names and no other: figures are read, another
 * premium is chosen, the hours are read as a table.
 * @throws when something of that needs more
 */
export async function proveUsable(
  browser: Browser,
  address: string,
  named: ReadonlySet<string>,
): Promise<void> {
  const [context, page] = await openPage(browser, address);
  try {
    await page.route("**/*.js", (route) =>
      named.has(route.request().url()) ? route.continue() : route.abort(),
    );
    await page.goto(`${address}/orders`);
    await page.getByRole("region", { name: "Totals of the day" }).getByText(/^\d/).first().waitFor();
    await page.getByText("Gross", { exact: true }).first().click();
    await page.waitForURL(/show=gross/);
    await page.getByRole("button", { name: "Table" }).click();
    await page
      .getByRole("table")
      .getByText(/\d,\d{3}/)
      .first()
      .waitFor();
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    throw new Error(
      `the board cannot be used with the scripts that its document names alone: ${error.message}`,
    );
  } finally {
    await context.close();
  }
}
