import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { aKeyUser, someChanges, someRules } from "#testing/gallery/factories/key-users.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { AddDialog } from "./add-dialog.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { HistoryDrawer } from "./history-drawer.tsx";
import { RulesDialog } from "./rules-dialog.tsx";

export default { title: "key-users/Dialogs" } satisfies Meta;

type Story = StoryObj;

const HISTORY = "/api/v1/key-users/100200300/history";
const RULES = "/api/v1/alert-rules";
const done = () => undefined;
const HISTORY_OF = <HistoryDrawer user={aKeyUser()} canWrite isBusy={false} onWrite={done} onClose={done} />;

export const Add: Story = {
  render: () => <AddDialog isOpen onClose={done} onListed={done} />,
};

export const Conflict: Story = {
  render: () => (
    <ConflictDialog
      conflict={{
        edit: { rawPremium: "9000.00" },
        current: aKeyUser(),
        moves: [{ field: "rawPremium", by: "stream", at: "2026-11-22T02:00:00.000Z" }],
      }}
      drafts={{ goOn: done, save: done, discard: done }}
      onSettled={done}
    />
  ),
};

export const ConflictOfTelephone: Story = {
  render: () => (
    <ConflictDialog
      conflict={{
        edit: { customerTel: "13900000001" },
        current: aKeyUser(),
        moves: [{ field: "customerTel", by: "Han Mei", at: "2026-11-22T02:00:00.000Z" }],
      }}
      drafts={{ goOn: done, save: done, discard: done }}
      onSettled={done}
    />
  ),
};

export const History: Story = {
  parameters: within({ answers: { [HISTORY]: answer(someChanges()) } }),
  render: () => HISTORY_OF,
};

export const HistoryLoading: Story = {
  parameters: within({ answers: { [HISTORY]: NEVER } }),
  render: () => HISTORY_OF,
};

export const HistoryFailed: Story = {
  parameters: within({ answers: { [HISTORY]: FAILED } }),
  render: () => HISTORY_OF,
};

export const Rules: Story = {
  parameters: within({ answers: { [RULES]: answer(someRules()) } }),
  render: () => <RulesDialog isOpen onClose={done} />,
};

export const RulesReadOnly: Story = {
  parameters: within({ answers: { [RULES]: answer(someRules()) }, session: aSession("manager") }),
  render: () => <RulesDialog isOpen onClose={done} />,
};

export const RulesLoading: Story = {
  parameters: within({ answers: { [RULES]: NEVER } }),
  render: () => <RulesDialog isOpen onClose={done} />,
};

export const RulesFailed: Story = {
  parameters: within({ answers: { [RULES]: FAILED } }),
  render: () => <RulesDialog isOpen onClose={done} />,
};
