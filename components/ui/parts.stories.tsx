import type { Meta, StoryObj } from "@storybook/react-vite";
import { CommandLine } from "./command-line.tsx";
import { LoadFailed } from "./load-failed.tsx";
import { Panel } from "./panel.tsx";

export default { title: "ui/Parts" } satisfies Meta;

type Story = StoryObj;

export const FullPanel: Story = {
  render: () => (
    <Panel title="Orders" note="by hour">
      …
    </Panel>
  ),
};

export const StalePanel: Story = {
  render: () => (
    <Panel title="Orders" stale>
      …
    </Panel>
  ),
};

export const FailedPanel: Story = {
  render: () => (
    <LoadFailed message="The hours could not be read." retry="Try again" onRetry={() => undefined} />
  ),
};

export const Command: Story = {
  render: () => <CommandLine command="curl http://localhost:3000/healthz" copy="Copy" copied="Copied" />,
};
