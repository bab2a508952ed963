import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED } from "#testing/gallery/answers.ts";
import { casesOfEachState, someCounts } from "#testing/gallery/factories/retention.ts";
import { within } from "#testing/gallery/setting.ts";
import { QueuePanel } from "./queue-panel.tsx";

export default { title: "retention/QueuePanel" } satisfies Meta;

type Story = StoryObj;

const COUNTED = { answers: { "/api/v1/retention/counts": answer(someCounts()) } };

function Shown(props: Partial<Parameters<typeof QueuePanel>[0]>) {
  return (
    <div style={{ height: 600, display: "grid" }}>
      <QueuePanel
        items={casesOfEachState()}
        status="success"
        choice={{ state: "now", owner: "anyone", find: "", sort: "premiumAtRisk", case: "2" }}
        arrivals={0}
        isNarrow={false}
        hasMore={false}
        onMore={() => undefined}
        onShow={() => undefined}
        onRetry={() => undefined}
        onChoose={() => undefined}
        {...props}
      />
    </div>
  );
}

export const Full: Story = {
  parameters: within(COUNTED),
  render: () => <Shown />,
};

export const NewOnesWait: Story = {
  parameters: within(COUNTED),
  render: () => <Shown arrivals={3} />,
};

export const Empty: Story = {
  parameters: within(COUNTED),
  render: () => <Shown items={[]} />,
};

export const Loading: Story = {
  parameters: within(COUNTED),
  render: () => <Shown status="pending" />,
};

export const Failed: Story = {
  parameters: within({ answers: { "/api/v1/retention/counts": FAILED } }),
  render: () => <Shown status="error" />,
};

export const Narrow: Story = {
  parameters: within(COUNTED),
  render: () => <Shown isNarrow />,
};
