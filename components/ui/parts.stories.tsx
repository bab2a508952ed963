import type { Meta, StoryObj } from "@storybook/react-vite";
import { CommandLine } from "./command-line.tsx";
import { IconButton } from "./icon-button.tsx";
import { LoadFailed } from "./load-failed.tsx";
import { Panel } from "./panel.tsx";
import { Segments } from "./segments.tsx";

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

export const OneOfAFew: Story = {
  render: () => (
    <div>
      {[false, true].map((isDisabled) => (
        <Segments
          key={String(isDisabled)}
          label="Which premium"
          value="gross"
          isDisabled={isDisabled}
          data={[
            { value: "last", label: "Last order" },
            { value: "gross", label: "Gross" },
          ]}
          onChange={() => undefined}
        />
      ))}
    </div>
  ),
};

export const IconButtons: Story = {
  render: () => (
    <div>
      <IconButton words="Next day" onPress={() => undefined}>
        ›
      </IconButton>
      <IconButton words="Previous day" isBare isDisabled onPress={undefined}>
        ‹
      </IconButton>
    </div>
  ),
};
