import type { Meta, StoryObj } from "@storybook/react-vite";
import {
  aBoard,
  aChoice,
  aClock,
  aComparison,
  anAddress,
  anHour,
  rowsOf,
  someWords,
} from "#testing/gallery/factories/orders.ts";
import { HoursPanel } from "./hours-panel.tsx";

export default { title: "orders/HoursPanel" } satisfies Meta;

type Story = StoryObj;

const NOTHING = aComparison({ days: [], totals: null, hoursThen: null, hours: [], wholeTotals: null });
const SHOWN = {
  address: anAddress(),
  words: someWords(),
  clock: aClock(),
  choice: aChoice(),
  board: aBoard(),
  stale: false,
};

export const Bars: Story = {
  render: () => <HoursPanel {...SHOWN} />,
};

export const LitHour: Story = {
  render: () => <HoursPanel {...SHOWN} address={anAddress({ hour: "2026112208" })} />,
};

export const BelowZero: Story = {
  render: () => (
    <HoursPanel
      {...SHOWN}
      board={aBoard({
        rows: rowsOf(
          [8, 9, 10].map((hour) => anHour(hour, { totalPremium: `-${hour}208.00`, grossPremium: "-900.00" })),
        ),
      })}
    />
  ),
};

export const OnePoint: Story = {
  render: () => (
    <HoursPanel
      {...SHOWN}
      board={aBoard({
        compared: NOTHING,
        rows: rowsOf([anHour(8, { totalPremium: "0.01", grossPremium: "0.01" })], NOTHING),
      })}
    />
  ),
};

export const Huge: Story = {
  render: () => (
    <HoursPanel
      {...SHOWN}
      board={aBoard({ rows: rowsOf([anHour(8, { totalPremium: "1000000000000000.00" })], NOTHING) })}
    />
  ),
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
  render: () => <HoursPanel {...SHOWN} board={aBoard({ hourly: undefined, rows: undefined })} />,
};

export const Failed: Story = {
  render: () => (
    <HoursPanel {...SHOWN} board={aBoard({ hourly: undefined, rows: undefined, failed: () => undefined })} />
  ),
};

export const Empty: Story = {
  render: () => <HoursPanel {...SHOWN} board={aBoard({ compared: NOTHING, rows: rowsOf([], NOTHING) })} />,
};

export const Stale: Story = {
  render: () => <HoursPanel {...SHOWN} stale />,
};
