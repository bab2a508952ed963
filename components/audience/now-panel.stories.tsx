import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { anAudience } from "#testing/gallery/factories/audience.ts";
import { within } from "#testing/gallery/setting.ts";
import { NowPanel } from "./now-panel.tsx";

export default { title: "audience/NowPanel" } satisfies Meta;

type Story = StoryObj;

const NOW = "/api/v1/audience/now";

export const Full: Story = {
  parameters: within({ answers: { [NOW]: answer(anAudience()) } }),
  render: () => <NowPanel />,
};

export const Empty: Story = {
  parameters: within({
    answers: { [NOW]: answer(anAudience({ accounts: 0, byType: [], byPage: [], movement: [] })) },
  }),
  render: () => <NowPanel />,
};

export const Loading: Story = {
  parameters: within({ answers: { [NOW]: NEVER } }),
  render: () => <NowPanel />,
};

export const Failed: Story = {
  parameters: within({ answers: { [NOW]: FAILED } }),
  render: () => <NowPanel />,
};
