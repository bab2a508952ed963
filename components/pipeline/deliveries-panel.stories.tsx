import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { someDeliveries } from "#testing/gallery/factories/pipeline.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { DeliveriesPanel } from "./deliveries-panel.tsx";

export default { title: "pipeline/DeliveriesPanel" } satisfies Meta;

type Story = StoryObj;

const PATH = "/api/v1/deliveries";

export const Full: Story = {
  parameters: within({ answers: { [PATH]: answer({ items: someDeliveries(), nextCursor: "2" }) } }),
  render: () => <DeliveriesPanel />,
};

export const ReadOnly: Story = {
  parameters: within({
    session: aSession("operations"),
    answers: { [PATH]: answer({ items: someDeliveries(), nextCursor: null }) },
  }),
  render: () => <DeliveriesPanel />,
};

export const Empty: Story = {
  parameters: within({ answers: { [PATH]: answer({ items: [], nextCursor: null }) } }),
  render: () => <DeliveriesPanel />,
};

export const Loading: Story = {
  parameters: within({ answers: { [PATH]: NEVER } }),
  render: () => <DeliveriesPanel />,
};

export const Failed: Story = {
  parameters: within({ answers: { [PATH]: FAILED } }),
  render: () => <DeliveriesPanel />,
};
