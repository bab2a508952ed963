import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER, problem } from "#testing/gallery/answers.ts";
import { aLateEffect, someRevisions } from "#testing/gallery/factories/orders.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { DayDrawer } from "./day-drawer.tsx";

export default { title: "orders/DayDrawer" } satisfies Meta;

type Story = StoryObj;

const REVISIONS = "/api/v1/orders/days/2026-11-21/revisions";
const LATE = "/api/v1/orders/days/2026-11-21/late";
const DRAWER = <DayDrawer date="2026-11-21" shown={2} onShow={() => undefined} onClose={() => undefined} />;

export const Full: Story = {
  parameters: within({ answers: { [REVISIONS]: answer(someRevisions()), [LATE]: answer(aLateEffect()) } }),
  render: () => DRAWER,
};

export const WithoutLateOrders: Story = {
  parameters: within({ answers: { [REVISIONS]: answer(someRevisions({ lateEvents: 0 })) } }),
  render: () => DRAWER,
};

export const NoRightToApply: Story = {
  parameters: within({
    session: aSession("operations"),
    answers: { [REVISIONS]: answer(someRevisions()), [LATE]: answer(aLateEffect()) },
  }),
  render: () => DRAWER,
};

export const Computing: Story = {
  parameters: within({ answers: { [REVISIONS]: answer(someRevisions()), [LATE]: NEVER } }),
  render: () => DRAWER,
};

export const Pruned: Story = {
  parameters: within({
    answers: { [REVISIONS]: answer(someRevisions()), [LATE]: problem(410, "pruned", "It has been pruned.") },
  }),
  render: () => DRAWER,
};

export const Failed: Story = {
  parameters: within({ answers: { [REVISIONS]: FAILED } }),
  render: () => DRAWER,
};
