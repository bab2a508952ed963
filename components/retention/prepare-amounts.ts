import type { CaseDetail, PremiumPoint } from "#server/contracts/api/retention.ts";
import type { StepPoint } from "../charts/step-chart.tsx";

const DAY_MS = 86_400_000;

/**
 * Points of the step chart: the baseline before the first known change, then each amount. Pixels need no exact money, so
 * these are plain numbers.
 */
export function prepareAmounts(
  of: Pick<CaseDetail, "occurrences">,
  history: readonly PremiumPoint[],
): StepPoint[] {
  const points = history.map((point) => ({ at: Date.parse(point.at), value: Number(point.amount) }));
  const [first] = of.occurrences;
  const [earliest, second] = points;
  if (first && earliest && Date.parse(first.eventTime) === earliest.at && second?.at !== earliest.at) {
    points.unshift({ at: earliest.at - DAY_MS, value: Number(first.baselineBefore) });
  }
  if (earliest && second?.at === earliest.at) points[0] = { ...earliest, at: earliest.at - DAY_MS };
  return points;
}
