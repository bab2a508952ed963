import type { Meta, StoryObj } from "@storybook/react-vite";
import { aKind } from "#testing/gallery/factories/pipeline.ts";
import { BulkDialog } from "./bulk-dialog.tsx";

export default { title: "pipeline/BulkDialog" } satisfies Meta;

type Story = StoryObj;

const KIND = aKind();

export const Replay: Story = {
  render: () => <BulkDialog bulk={{ action: "replay", kind: KIND, from: null }} onClose={() => undefined} />,
};

export const Discard: Story = {
  render: () => <BulkDialog bulk={{ action: "discard", kind: KIND, from: null }} onClose={() => undefined} />,
};
