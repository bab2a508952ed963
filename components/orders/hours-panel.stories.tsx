import type { Meta, StoryObj } from "@storybook/react-vite";
import { aChoice, aClock, rowsOf, TODAY } from "#testing/gallery/factories/orders.ts";
import { HoursPanel } from "./hours-panel.tsx";

export default { title: "orders/HoursPanel" } satisfies Meta;

type Story = StoryObj;

const SHOWN = {
  date: TODAY,
  clock: aClock(),
  rows: rowsOf(),
  choice: aChoice(),
  isEmpty: false,
  failed: null,
  stale: false,
};

export const Bars: Story = {
  render: () => <HoursPanel {...SHOWN} />,
};

export const Table: Story = {
  render: () => <HoursPanel {...SHOWN} choice={aChoice({ view: "table" })} />,
};

export const GrossTable: Story = {
  render: () => <HoursPanel {...SHOWN} choice={aChoice({ view: "table", show: "gross" })} />,
};

export const LastOrdersAlone: Story = {
  render: () => <HoursPanel {...SHOWN} choice={aChoice({ show: "last" })} />,
};

export const Loading: Story = {
  render: () => <HoursPanel {...SHOWN} rows={undefined} />,
};

export const Failed: Story = {
  render: () => <HoursPanel {...SHOWN} rows={undefined} failed={() => undefined} />,
};

export const Empty: Story = {
  render: () => <HoursPanel {...SHOWN} rows={rowsOf([], [])} isEmpty />,
};

export const Stale: Story = {
  render: () => <HoursPanel {...SHOWN} stale />,
};
