import type { Meta, StoryObj } from "@storybook/react-vite";
import { aReasonGroup } from "#testing/gallery/factories/pipeline.ts";
import { BulkDialog } from "./bulk-dialog.tsx";

export default { title: "pipeline/BulkDialog" } satisfies Meta;

type Story = StoryObj;

const GROUP = aReasonGroup();

export const Replay: Story = {
  render: () => (
    <BulkDialog bulk={{ action: "replay", group: GROUP, from: null }} onClose={() => undefined} />
  ),
};

export const Discard: Story = {
  render: () => (
    <BulkDialog bulk={{ action: "discard", group: GROUP, from: null }} onClose={() => undefined} />
  ),
};
