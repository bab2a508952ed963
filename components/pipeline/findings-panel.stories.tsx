import type { Meta, StoryObj } from "@storybook/react-vite";
import { aStatus, aTroubledStatus } from "#testing/gallery/factories/pipeline.ts";
import { FindingsPanel } from "./findings-panel.tsx";

export default { title: "pipeline/FindingsPanel" } satisfies Meta;

type Story = StoryObj;

export const Well: Story = {
  render: () => <FindingsPanel status={aStatus()} stale={false} />,
};

export const Troubled: Story = {
  render: () => <FindingsPanel status={aTroubledStatus()} stale={false} />,
};

export const Loading: Story = {
  render: () => <FindingsPanel status={undefined} stale={false} />,
};

export const Stale: Story = {
  render: () => <FindingsPanel status={aStatus()} stale />,
};
