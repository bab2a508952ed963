import type { Meta, StoryObj } from "@storybook/react-vite";
import { aStatus, aTroubledStatus } from "#testing/gallery/factories/pipeline.ts";
import { StreamsPanel } from "./streams-panel.tsx";

export default { title: "pipeline/StreamsPanel" } satisfies Meta;

type Story = StoryObj;

const SHOWN = { stale: false, failed: false, onRetry: () => undefined };

export const Well: Story = {
  render: () => <StreamsPanel status={aStatus()} {...SHOWN} />,
};

export const Troubled: Story = {
  render: () => <StreamsPanel status={aTroubledStatus()} {...SHOWN} />,
};

export const Loading: Story = {
  render: () => <StreamsPanel status={undefined} {...SHOWN} />,
};

export const Failed: Story = {
  render: () => <StreamsPanel status={undefined} {...SHOWN} failed />,
};

export const Stale: Story = {
  render: () => <StreamsPanel status={aStatus()} {...SHOWN} stale />,
};
