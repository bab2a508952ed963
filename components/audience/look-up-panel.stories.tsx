import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { aLastPage } from "#testing/gallery/factories/audience.ts";
import { within } from "#testing/gallery/setting.ts";
import { LookUpPanel } from "./look-up-panel.tsx";

export default { title: "audience/LookUpPanel" } satisfies Meta;

type Story = StoryObj;

const PATH = "/api/v1/audience/accounts/*";

export const Asking: Story = {
  parameters: within({}),
  render: () => <LookUpPanel />,
};

export const Found: Story = {
  parameters: within({
    search: "account=acc-1",
    answers: {
      [PATH]: answer({
        accountId: "acc-1",
        items: [aLastPage(), aLastPage({ deviceId: null, pageType: null })],
      }),
    },
  }),
  render: () => <LookUpPanel />,
};

export const Nothing: Story = {
  parameters: within({
    search: "account=acc-1",
    answers: { [PATH]: answer({ accountId: "acc-1", items: [] }) },
  }),
  render: () => <LookUpPanel />,
};

export const Loading: Story = {
  parameters: within({ search: "account=acc-1", answers: { [PATH]: NEVER } }),
  render: () => <LookUpPanel />,
};

export const Failed: Story = {
  parameters: within({ search: "account=acc-1", answers: { [PATH]: FAILED } }),
  render: () => <LookUpPanel />,
};
