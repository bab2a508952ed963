import type { Meta, StoryObj } from "@storybook/react-vite";
import { aNode, aStatus } from "#testing/gallery/factories/pipeline.ts";
import { NodesPanel } from "./nodes-panel.tsx";

export default { title: "pipeline/NodesPanel" } satisfies Meta;

type Story = StoryObj;

export const Three: Story = {
  render: () => (
    <NodesPanel
      status={aStatus({
        nodes: [
          aNode({ id: "1", name: "web-1:3000", isWriter: true, isThis: true, sockets: 1_204 }),
          aNode({ id: "2", name: "web-2:3000", sockets: 1_187, behindMs: 120 }),
          aNode({ id: "3", name: "web-3:3000", role: "web", sockets: 412, behindMs: 8_400, build: "b2" }),
          aNode({ id: "4", name: "web-4:3000", role: "web", sockets: 0, isSilent: true }),
        ],
      })}
      stale={false}
    />
  ),
};
