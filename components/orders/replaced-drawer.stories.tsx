import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { someReplaced, TODAY } from "#testing/gallery/factories/orders.ts";
import { within } from "#testing/gallery/setting.ts";
import { ReplacedDrawer } from "./replaced-drawer.tsx";

export default { title: "orders/ReplacedDrawer" } satisfies Meta;

type Story = StoryObj;

const REPLACED = "/api/v1/orders/replaced";
const DRAWER = <ReplacedDrawer date={TODAY} onClose={() => undefined} />;

export const Full: Story = {
  parameters: within({ answers: { [REPLACED]: answer(someReplaced()) } }),
  render: () => DRAWER,
};

export const Empty: Story = {
  parameters: within({ answers: { [REPLACED]: answer({ ...someReplaced(), items: [] }) } }),
  render: () => DRAWER,
};

export const Loading: Story = {
  parameters: within({ answers: { [REPLACED]: NEVER } }),
  render: () => DRAWER,
};

export const Failed: Story = {
  parameters: within({ answers: { [REPLACED]: FAILED } }),
  render: () => DRAWER,
};
