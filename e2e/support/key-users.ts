import { expect, type Page } from "@playwright/test";
import { API_KEY } from "./people.ts";

/** Puts a customer on the key-user list. */
export async function listKeyUser(
  page: Page,
  url: string,
  id: number,
  baseline: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const answer = await page.request.post(`${url}/api/v1/key-users`, {
    headers: { authorization: `Bearer ${API_KEY}` },
    data: { userId: id, rawPremium: baseline, rawInfo: "whole life B", ...more },
  });
  expect(answer.status(), await answer.text()).toBe(201);
}
