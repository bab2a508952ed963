import type { CaseDetail, PremiumPoint } from "../../server/contracts/api/retention.ts";
import type { StepPoint } from "../charts/step-chart.tsx";

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
  const [earliest] = points;
  if (first && earliest && Date.parse(first.eventTime) === earliest.at) {
    points.unshift({ at: earliest.at - 86_400_000, value: Number(first.baselineBefore) });
  }
  return points;
}
