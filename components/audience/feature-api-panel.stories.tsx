import type { Meta, StoryObj } from "@storybook/react-vite";
import { FeatureApiPanel } from "./feature-api-panel.tsx";

export default { title: "audience/FeatureApiPanel" } satisfies Meta;

type Story = StoryObj;

export const Full: Story = {
  render: () => <FeatureApiPanel />,
};
