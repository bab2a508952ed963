import type { Meta, StoryObj } from "@storybook/react-vite";
import { aStatus, aTroubledStatus } from "#testing/gallery/factories/pipeline.ts";
import { SystemPanel } from "./system-panel.tsx";

export default { title: "pipeline/SystemPanel" } satisfies Meta;

type Story = StoryObj;

export const Well: Story = {
  render: () => <SystemPanel status={aStatus()} stale={false} />,
};

export const Troubled: Story = {
  render: () => <SystemPanel status={aTroubledStatus()} stale={false} />,
};

export const Loading: Story = {
  render: () => <SystemPanel status={undefined} stale={false} />,
};

export const Stale: Story = {
  render: () => <SystemPanel status={aStatus()} stale />,
};
