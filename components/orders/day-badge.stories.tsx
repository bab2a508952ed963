import type { Meta, StoryObj } from "@storybook/react-vite";
import { DayBadge } from "./day-badge.tsx";

export default { title: "orders/DayBadge" } satisfies Meta;

type Story = StoryObj;

export const Newest: Story = {
  render: () => <DayBadge revision={2} isEarlier={false} onOpen={() => undefined} />,
};

export const Earlier: Story = {
  render: () => <DayBadge revision={1} isEarlier onOpen={() => undefined} />,
};
