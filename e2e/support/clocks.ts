import type { Page } from "@playwright/test";

/** Sets the clock of a viewer's machine wrong by so much, ms. Call before the page is opened. */
export async function setClockWrong(page: Page, by: number): Promise<void> {
  await page.addInitScript((shift) => {
    const Right = Date;
    globalThis.Date = new Proxy(Right, {
      construct: (target, given) =>
        given.length === 0 ? new target(target.now() + shift) : Reflect.construct(target, given),
      apply: (target) => new target(target.now() + shift).toString(),
      get: (target, name) => (name === "now" ? () => target.now() + shift : Reflect.get(target, name)),
    });
  }, by);
}
