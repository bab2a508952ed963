import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import axe from "axe-core";

const FOLDER = join(import.meta.dirname, "../../artifacts/gallery");
/** Answered from the built files: nothing listens there. */
const ORIGIN = "http://gallery.test";
/** How long nothing must have changed on the page before it is looked at, and how long that may take at most, ms. */
const QUIET = { forMs: 80, atMostMs: 5_000 };

export type Scheme = "light" | "dark";

/** Ids of all stories. */
export function allStories(): string[] {
  const index = readFileSync(join(FOLDER, "index.json"), "utf8");
  const { entries } = JSON.parse(index) as { entries: Record<string, { type: string }> };
  return Object.keys(entries).filter((id) => entries[id]?.type === "story");
}

/** A page of the gallery that shows one story after the other. */
export interface Gallery {
  readonly page: Page;
  /** What the page complained of since the last call. */
  complaints(): string[];
  /** Shows a story from its beginning, in the theme set last. */
  show(story: string): Promise<void>;
  /** Shows what is shown in another theme; nothing but its colours changes. */
  setScheme(scheme: Scheme): Promise<void>;
  /** What axe calls serious or critical in what is shown; of its colours alone, or of everything. */
  seriousFaults(of: "colours" | "everything"): Promise<string[]>;
  close(): Promise<void>;
}

export async function openGallery(browser: Browser, locale: "en" | "zh"): Promise<Gallery> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  await context.route("**/*", (route) => {
    const file = join(FOLDER, decodeURIComponent(new URL(route.request().url()).pathname));
    return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404, body: "" });
  });
  const page = await context.newPage();
  let complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !isAnswer(message.text())) complaints.push(message.text());
  });
  const first = allStories().at(-1);
  const address = `${ORIGIN}/iframe.html?id=${first}&viewMode=story&globals=locale:${locale};scheme:light`;
  await page.goto(address, { waitUntil: "networkidle" }); // it may load itself once more on the way
  await page.waitForFunction(() => "__STORYBOOK_ADDONS_CHANNEL__" in window);
  // However short, a change of colour is a transition, and what inherits it begins its own when that one has ended.
  await page.addStyleTag({ content: "*, *::before, *::after { transition: none !important; }" });
  await page.evaluate(axe.source);
  return {
    page,
    complaints: () => {
      const since = complaints;
      complaints = [];
      return since;
    },
    show: (story) => page.evaluate(show, { story, quiet: QUIET }),
    setScheme: (scheme) => page.evaluate(wear, scheme),
    seriousFaults: (of) => page.evaluate(look, of),
    close: () => context.close(),
  };
}

/** A browser tells of each answer that is no success; some stories are about those. */
const isAnswer = (text: string) => text.startsWith("Failed to load resource");

interface Channel {
  emit(name: string, value: unknown): void;
  on(name: string, listener: (value: unknown) => void): void;
  off(name: string, listener: (value: unknown) => void): void;
}

/** Runs in the page: resolves once the story is shown and nothing changes any more. */
async function show({ story, quiet }: { story: string; quiet: typeof QUIET }): Promise<void> {
  const channel = (window as unknown as { __STORYBOOK_ADDONS_CHANNEL__: Channel })
    .__STORYBOOK_ADDONS_CHANNEL__;
  await new Promise<void>((resolve, reject) => {
    const rendered = (id: unknown) => {
      if (id !== story) return;
      channel.off("storyRendered", rendered);
      resolve();
    };
    channel.on("storyRendered", rendered);
    for (const name of ["storyErrored", "storyThrewException", "storyMissing"]) {
      channel.on(name, (value) => reject(new Error(`${name} ${JSON.stringify(value)}`)));
    }
    channel.emit("setCurrentStory", { storyId: story, viewMode: "story" });
  });
  await new Promise<void>((resolve) => {
    let timer = setTimeout(done, quiet.forMs);
    const end = setTimeout(done, quiet.atMostMs);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quiet.forMs);
    });
    observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true });
    function done(): void {
      clearTimeout(end);
      observer.disconnect();
      resolve();
    }
  });
}

/** Runs in the page: resolves once it is painted in that theme. */
async function wear(scheme: Scheme): Promise<void> {
  const isWorn = () => document.documentElement.dataset.mantineColorScheme === scheme;
  const channel = (window as unknown as { __STORYBOOK_ADDONS_CHANNEL__: Channel })
    .__STORYBOOK_ADDONS_CHANNEL__;
  channel.emit("updateGlobals", { globals: { scheme } });
  do await new Promise(requestAnimationFrame);
  while (!isWorn());
}

interface Axe {
  run(
    where: Document,
    options: object,
  ): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
}

/** Runs in the page. A story is a part of a page: what a whole page must have is asked of the screens' own tests. */
async function look(of: "colours" | "everything"): Promise<string[]> {
  const { axe } = window as unknown as { axe: Axe };
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    ...(of === "colours" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {}),
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
