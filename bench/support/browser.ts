import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { signIn } from "./person.ts";

/** A Chromium without a window; null where there is none. `npm run bench` names the one it has found. */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = process.env.CHROMIUM_PATH;
  return chromium
    .launch({ args: ["--no-sandbox"], ...(executablePath ? { executablePath } : {}) })
    .catch(() => null);
}

export const NO_BROWSER = "there is no Chromium: npm test finds or installs one";

/** A page of a signed-in person with empty caches, 1440 × 900, in English. */
export async function openPage(browser: Browser, address: string): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const cookies = (await signIn(address)).split("; ").map((cookie) => {
    const [name = "", value = ""] = cookie.split(/=(.*)/s);
    return { name, value, url: address };
  });
  await context.addCookies(cookies);
  return [context, await context.newPage()];
}
