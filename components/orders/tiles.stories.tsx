import type { Meta, StoryObj } from "@storybook/react-vite";
import { aComparison, hoursOf, someWords } from "#testing/gallery/factories/orders.ts";
import { Tiles } from "./tiles.tsx";

export default { title: "orders/Tiles" } satisfies Meta;

type Story = StoryObj;

const SHOWN = {
  hours: hoursOf(),
  compared: aComparison(),
  words: someWords(),
  isToday: true,
  stale: false,
  onReplaced: () => undefined,
};

export const Full: Story = {
  render: () => <Tiles {...SHOWN} />,
};

export const Loading: Story = {
  render: () => <Tiles {...SHOWN} hours={undefined} compared={undefined} />,
};

export const NothingToCompareWith: Story = {
  render: () => <Tiles {...SHOWN} compared={aComparison({ days: [], totals: null })} />,
};

export const PastDay: Story = {
  render: () => (
    <Tiles {...SHOWN} isToday={false} words={{ name: "Fri, Nov 20", until: "Fri, Nov 20", isRead: true }} />
  ),
};

export const Stale: Story = {
  render: () => <Tiles {...SHOWN} stale />,
};
