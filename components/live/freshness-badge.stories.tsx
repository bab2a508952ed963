import type { Meta, StoryObj } from "@storybook/react-vite";
import { within } from "#testing/gallery/setting.ts";
import { FreshnessBadge } from "./freshness-badge.tsx";

export default { title: "live/FreshnessBadge" } satisfies Meta;

type Story = StoryObj;

export const Live: Story = {
  render: () => <FreshnessBadge detail="complete to 14:22:40" />,
};

export const Connecting: Story = {
  parameters: within({ line: "connecting" }),
  render: () => <FreshnessBadge />,
};

export const Reconnecting: Story = {
  parameters: within({ line: "lost" }),
  render: () => <FreshnessBadge />,
};

export const SignedOut: Story = {
  parameters: within({ line: "refused" }),
  render: () => <FreshnessBadge />,
};

export const Paused: Story = {
  parameters: within({ isPaused: true }),
  render: () => <FreshnessBadge />,
};
