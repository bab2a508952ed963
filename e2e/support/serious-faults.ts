import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Of axe's experiments: who speaks to a page says the words that are seen. */
const NAMES_MATCH_WORDS = { "label-content-name-mismatch": { enabled: true } };

/** What axe calls serious or critical on the page as it is, each with the elements at fault. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ rules: NAMES_MATCH_WORDS }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
