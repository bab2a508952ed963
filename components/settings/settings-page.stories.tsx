import type { Meta, StoryObj } from "@storybook/react-vite";
import { type Answers, answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { aProposal, someChanges, someProposals, theSettings } from "#testing/gallery/factories/settings.ts";
import { within } from "#testing/gallery/setting.ts";
import { DecisionDialog } from "./decision-dialog.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { SettingsPage } from "./settings-page.tsx";

export default { title: "settings/SettingsPage" } satisfies Meta;

type Story = StoryObj;

const page = (items: readonly unknown[], nextCursor: string | null = null) => answer({ items, nextCursor });
const RULES = {
  version: 1,
  stepPercent: "15.00",
  cumulativePercent: "15.00",
  createdAt: "2026-11-01T00:00:00.000Z",
  createdBy: null,
  reason: null,
};
const ANSWERS: Answers = {
  "/api/v1/settings": answer(theSettings()),
  "/api/v1/settings/history": page(someChanges(), "2"),
  "/api/v1/proposals": page(someProposals(), "4"),
  "/api/v1/alert-rules": page([RULES]),
};
const story = (answers: Answers): Story => ({
  parameters: within({ answers: { ...ANSWERS, ...answers } }),
  render: () => <SettingsPage />,
});
const done = () => undefined;

export const Full: Story = story({});
export const Quiet: Story = story({ "/api/v1/proposals": page([]), "/api/v1/settings/history": page([]) });
export const Loading: Story = story({
  "/api/v1/settings": NEVER,
  "/api/v1/settings/history": NEVER,
  "/api/v1/proposals": NEVER,
  "/api/v1/alert-rules": NEVER,
});
export const Failed: Story = story({
  "/api/v1/settings": FAILED,
  "/api/v1/settings/history": FAILED,
  "/api/v1/proposals": FAILED,
});

/** An auditor reads and writes nothing. */
export const ReadOnly: Story = {
  parameters: within({ answers: ANSWERS, session: aSession("auditor") }),
  render: () => <SettingsPage />,
};

export const Calendar: Story = {
  render: () => <GroupDialog group="calendar" settings={theSettings()} onClose={done} />,
};
export const Channels: Story = {
  render: () => <GroupDialog group="channels" settings={theSettings()} onClose={done} />,
};
export const Keeping: Story = {
  render: () => <GroupDialog group="keeping" settings={theSettings()} onClose={done} />,
};
export const FourEyes: Story = {
  render: () => <GroupDialog group="fourEyes" settings={theSettings()} onClose={done} />,
};
export const Confirm: Story = {
  render: () => <DecisionDialog proposal={aProposal()} decision="confirm" onClose={done} />,
};
export const Withdraw: Story = {
  render: () => <DecisionDialog proposal={aProposal({ isOwn: true })} decision="refuse" onClose={done} />,
};
