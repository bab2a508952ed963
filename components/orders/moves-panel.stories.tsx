import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { hoursOf, someMoves, TODAY } from "#testing/gallery/factories/orders.ts";
import { within } from "#testing/gallery/setting.ts";
import { MovesPanel } from "./moves-panel.tsx";

export default { title: "orders/MovesPanel" } satisfies Meta;

type Story = StoryObj;

const MOVES = "/api/v1/orders/moves";

export const Full: Story = {
  parameters: within({ answers: { [MOVES]: answer(someMoves()) } }),
  render: () => <MovesPanel date={TODAY} revised={hoursOf()} stale={false} />,
};

export const Empty: Story = {
  parameters: within({ answers: { [MOVES]: answer({ ...someMoves(), items: [] }) } }),
  render: () => <MovesPanel date={TODAY} revised={[]} stale={false} />,
};

export const Loading: Story = {
  parameters: within({ answers: { [MOVES]: NEVER } }),
  render: () => <MovesPanel date={TODAY} revised={undefined} stale={false} />,
};

export const Failed: Story = {
  parameters: within({ answers: { [MOVES]: FAILED } }),
  render: () => <MovesPanel date={TODAY} revised={undefined} stale={false} />,
};

export const Stale: Story = {
  parameters: within({ answers: { [MOVES]: answer(someMoves()) } }),
  render: () => <MovesPanel date={TODAY} revised={hoursOf()} stale />,
};
