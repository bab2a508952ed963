import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Of axe's experiments: who speaks to a page says the words that are seen. */
const NAMES_MATCH_WORDS = { "label-content-name-mismatch": { enabled: true } };

/**
 * What axe calls serious or critical on the page as it is, each with the elements at fault.
 * @param of the page's colours alone, or everything
 */
export async function seriousFaults(
  page: Page,
  of: "colours" | "everything" = "everything",
): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (of === "colours") axe.withRules("color-contrast");
  else axe.options({ rules: NAMES_MATCH_WORDS });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
