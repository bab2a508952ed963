import type { Meta, StoryObj } from "@storybook/react-vite";
import { rowsOf } from "#testing/gallery/factories/orders.ts";
import { premiumColumns } from "../orders/prepare-hours.ts";
import { HourBars } from "./hour-bars.tsx";
import { Sparkline } from "./sparkline.tsx";
import { StepChart } from "./step-chart.tsx";

export default { title: "charts/Charts" } satisfies Meta;

type Story = StoryObj;

const POINTS = [11_190, 10_000, 8_414].map((value, at) => ({ at, value }));
const BARS = (
  <div style={{ height: 240 }}>
    <HourBars
      columns={premiumColumns(rowsOf(), "both")}
      label="Premium"
      formatTick={String}
      partialLabel="to 14:23"
    />
  </div>
);

export const Bars: Story = {
  render: () => BARS,
};

export const EmptyBars: Story = {
  render: () => (
    <div style={{ height: 240 }}>
      <HourBars columns={premiumColumns(rowsOf([], undefined), "both")} label="Premium" formatTick={String} />
    </div>
  ),
};

export const Spark: Story = {
  render: () => <Sparkline values={[1, 3, 2, 5, 4]} label="Events a second" />,
};

export const SparkWithoutValues: Story = {
  render: () => <Sparkline values={[]} label="Events a second" />,
};

export const Steps: Story = {
  render: () => (
    <StepChart
      points={POINTS}
      zone={{ below: 9000, label: "alert" }}
      formatTime={String}
      formatAxis={String}
      formatValue={String}
      label="Amount"
    />
  ),
};
