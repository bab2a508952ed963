import type { Meta, StoryObj } from "@storybook/react-vite";
import { aClock, aComparison, hoursOf } from "#testing/gallery/factories/orders.ts";
import { Tiles } from "./tiles.tsx";

export default { title: "orders/Tiles" } satisfies Meta;

type Story = StoryObj;

const SHOWN = {
  hours: hoursOf(),
  before: aComparison(),
  clock: aClock(),
  stale: false,
  onReplaced: () => undefined,
};

export const Full: Story = {
  render: () => <Tiles {...SHOWN} />,
};

export const Loading: Story = {
  render: () => <Tiles {...SHOWN} hours={undefined} before={undefined} />,
};

export const NothingToCompareWith: Story = {
  render: () => <Tiles {...SHOWN} before={aComparison({ totals: null })} />,
};

export const PastDay: Story = {
  render: () => <Tiles {...SHOWN} clock={null} />,
};

export const Stale: Story = {
  render: () => <Tiles {...SHOWN} stale />,
};
