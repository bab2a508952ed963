import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { anImportEntry, anUndoResult, someImports } from "#testing/gallery/factories/key-users.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { ImportLog } from "./import-log.tsx";
import { ImportLogDrawer } from "./import-log-drawer.tsx";
import { UndoDialog } from "./undo-dialog.tsx";

export default { title: "key-users/ImportLog" } satisfies Meta;

type Story = StoryObj;

const LOG = "/api/v1/key-users/imports";
const UNDO = "/api/v1/key-users/imports/41/undo";
const done = () => undefined;

export const Full: Story = {
  parameters: within({ answers: { [LOG]: answer(someImports()) } }),
  render: () => <ImportLogDrawer isOpen onClose={done} />,
};

export const ReadOnly: Story = {
  parameters: within({ answers: { [LOG]: answer(someImports()) }, session: aSession("manager") }),
  render: () => <ImportLog limit={50} />,
};

export const Empty: Story = {
  parameters: within({ answers: { [LOG]: answer({ items: [], nextCursor: null }) } }),
  render: () => <ImportLog limit={50} />,
};

export const Loading: Story = {
  parameters: within({ answers: { [LOG]: NEVER } }),
  render: () => <ImportLog limit={50} />,
};

export const Failed: Story = {
  parameters: within({ answers: { [LOG]: FAILED } }),
  render: () => <ImportLog limit={50} />,
};

export const Undo: Story = {
  parameters: within({ answers: { [UNDO]: answer(anUndoResult()) } }),
  render: () => <UndoDialog entry={anImportEntry()} onClose={done} />,
};

export const UndoLoading: Story = {
  parameters: within({ answers: { [UNDO]: NEVER } }),
  render: () => <UndoDialog entry={anImportEntry()} onClose={done} />,
};

export const UndoFailed: Story = {
  parameters: within({ answers: { [UNDO]: FAILED } }),
  render: () => <UndoDialog entry={anImportEntry()} onClose={done} />,
};
