import type { Meta, StoryObj } from "@storybook/react-vite";
import { LinkPage } from "./link-page.tsx";

export default { title: "shell/LinkPage" } satisfies Meta;

type Story = StoryObj;

const LINK = {
  name: "Song Rui",
  email: "song.rui@example.cn",
  role: "operations",
  state: "open",
  issuer: "An Min",
} as const;

export const Invitation: Story = { render: () => <LinkPage kind="invitation" token="1" link={LINK} /> };
export const Reset: Story = { render: () => <LinkPage kind="reset" token="1" link={LINK} /> };
export const Used: Story = {
  render: () => <LinkPage kind="invitation" token="1" link={{ ...LINK, state: "used" }} />,
};
export const Expired: Story = {
  render: () => <LinkPage kind="reset" token="1" link={{ ...LINK, state: "expired" }} />,
};
export const Withdrawn: Story = {
  render: () => <LinkPage kind="invitation" token="1" link={{ ...LINK, state: "withdrawn", issuer: null }} />,
};
export const Unknown: Story = { render: () => <LinkPage kind="invitation" token="1" link={null} /> };
