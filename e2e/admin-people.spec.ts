import { expect, test } from "./support/fixtures.ts";
import { PASSWORD as USUAL } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";

const PASSWORD = "four words nobody guesses";

test("somebody is invited, opens the link elsewhere, works, and is gone at once when disabled", async ({
  page,
  browser,
  url,
  signIn,
}) => {
  test.setTimeout(120_000);
  await signIn(page, "administrator");
  await page.goto(`${url}/admin/people`);
  await page.getByRole("button", { name: "Invite someone" }).click();
  const invite = page.getByRole("dialog", { name: "Invite someone" });
  await invite.getByLabel("Name").fill("Song Rui");
  await invite.getByLabel("E-mail").fill("song@example.test");
  await invite.getByRole("button", { name: "Make the link" }).click();
  const shown = page.getByRole("dialog", { name: "Link for Song Rui" });
  const link = (await shown.getByText(/\/invitation\?token=/).textContent())?.trim() ?? "";
  expect(new URL(link).origin).toBe(new URL(url).origin);
  expect(await seriousFaults(page)).toEqual([]);
  await shown.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /Song Rui/ });
  await expect(row.getByText("invited")).toBeVisible();

  const elsewhere = await browser.newContext();
  const theirs = await elsewhere.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "Welcome, Song Rui" })).toBeVisible();
  expect(await seriousFaults(theirs)).toEqual([]);
  await theirs.getByLabel(/^Password/).fill("password1234");
  await theirs.getByRole("button", { name: "Choose password and sign in" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "easy to guess" })).toBeVisible();
  await theirs.getByLabel(/^Password/).fill(PASSWORD);
  await theirs.getByRole("button", { name: "Choose password and sign in" }).click();
  await expect(theirs).toHaveURL(/\/orders/);
  await expect(theirs.getByText("Live", { exact: true })).toBeVisible();

  const again = await browser.newContext();
  const late = await again.newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link has been used" })).toBeVisible();
  await expect(late.getByText("tell Ada Admin at once")).toBeVisible();
  await again.close();

  await page.reload();
  await page.getByRole("button", { name: "Song Rui" }).click();
  const panel = page.getByRole("region", { name: "Song Rui" });
  await expect(panel.getByText("Orders, Audience, Pipeline")).toBeVisible();
  await expect(panel.getByText("active now")).toBeVisible();
  await panel.getByRole("button", { name: "Disable…" }).click();
  const dialog = page.getByRole("dialog", { name: "Disable Song Rui?" });
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog, "without a reason nothing is done").toBeVisible();
  await dialog.getByLabel(/^Reason/).fill("left the company");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByText("disabled")).toBeVisible();
  await expect(
    panel.getByRole("listitem").filter({ hasText: "disabled a person · Ada Admin" }),
  ).toBeVisible();

  // The socket has told it; the next click leads nowhere but to the sign-in.
  await expect(theirs.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.getByLabel("E-mail or user name").fill("song@example.test");
  await theirs.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  await elsewhere.close();
});

test("a session is ended, a role is changed and a password link is given, each with a reason", async ({
  page,
  browser,
  url,
  signIn,
}) => {
  test.setTimeout(120_000);
  const email = "second@example.test";
  const elsewhere = await browser.newContext();
  const theirs = await elsewhere.newPage();
  await signIn(theirs, "manager", email);
  await theirs.goto(`${url}/retention`);
  await expect(theirs.getByText("Live", { exact: true })).toBeVisible();

  await signIn(page, "administrator");
  await page.goto(`${url}/admin/people?find=He%20Min`);
  await page.getByRole("button", { name: "He Min" }).click();
  const panel = page.getByRole("region", { name: "He Min" });
  await panel
    .getByRole("button", { name: /^Sign out .*Chrome/ })
    .first()
    .click();
  const reason = page.getByLabel(/^Reason/);
  await reason.fill("a laptop was lost");
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await expect(theirs.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await expect(panel.getByText("Not signed in anywhere.")).toBeVisible();

  await panel.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Operations" }).click();
  const role = page.getByRole("dialog", { name: "Change the role of He Min?" });
  await role.getByLabel(/^Reason/).fill("moved");
  await role.getByRole("button", { name: "Change role" }).click();
  await expect(role).toBeHidden();
  await expect(panel.getByText("Orders, Audience, Pipeline")).toBeVisible();

  await panel.getByRole("button", { name: "Send password link" }).click();
  await page.getByLabel(/^Reason/).fill("forgotten");
  await page.getByRole("button", { name: "Give link" }).click();
  const shown = page.getByRole("dialog", { name: "Link for He Min" });
  const link = (await shown.getByText(/\/reset\?token=/).textContent())?.trim() ?? "";
  await shown.getByRole("button", { name: "Done" }).click();
  const fresh = await elsewhere.newPage();
  await fresh.goto(link);
  await fresh.getByLabel(/^Password/).fill(USUAL); // as other tests of this worker know it
  await fresh.getByRole("button", { name: "Choose password and sign in" }).click();
  await expect(fresh).toHaveURL(/\/orders/);
  await elsewhere.close();

  // As others of this worker know her.
  await panel.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Business manager" }).click();
  await page.getByLabel(/^Reason/).fill("moved back");
  await page.getByRole("dialog").getByRole("button", { name: "Change role" }).click();
  await expect(panel.getByText("Orders, Retention, Key users, Audience")).toBeVisible();
});

test("who is no administrator sees no people", async ({ page, url, signIn }) => {
  await signIn(page, "manager");
  await page.goto(`${url}/admin/people`);
  await expect(page.getByText("Not for your role")).toBeVisible();
  expect((await page.request.get(`${url}/api/v1/people`)).status()).toBe(403);
});

for (const locale of ["en", "zh"] as const) {
  test(`the screen in ${locale}, wide and narrow`, async ({ browser, url, signIn }) => {
    const context = await browser.newContext();
    await context.addCookies([{ name: "locale", value: locale, url }]);
    const page = await context.newPage();
    await signIn(page, "administrator");
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(`${url}/admin/people`);
      const name = page.getByRole("button", { name: "Lin Wei" });
      await expect(name).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.screenshot({ path: `artifacts/screens/people-${locale}-${width}.png` });
      await name.click();
      await expect(page.getByRole("region", { name: "Lin Wei" })).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.screenshot({ path: `artifacts/screens/people-one-${locale}-${width}.png` });
    }
    await context.close();
  });
}
