import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer } from "#testing/gallery/answers.ts";
import {
  anImport,
  anImportPreview,
  anImportResult,
  someImports,
  somePreviewRows,
} from "#testing/gallery/factories/key-users.ts";
import { within } from "#testing/gallery/setting.ts";
import { ImportPanel } from "./import-panel.tsx";

export default {
  title: "key-users/ImportPanel",
  parameters: within({
    answers: {
      "/api/v1/key-users/imports/rows": answer(somePreviewRows()),
      "/api/v1/key-users/imports": answer(someImports()),
    },
  }),
} satisfies Meta;

type Story = StoryObj;

const FAULT = {
  type: "about:blank",
  title: "Bad list",
  status: 400,
  code: "bad_header",
  detail: "The header names no id.",
};

const shown = (preview: ReturnType<typeof anImportPreview>, given: Parameters<typeof anImport>[1] = {}) => (
  <ImportPanel importing={anImport(preview, given)} shown={preview} />
);

export const Preview: Story = {
  render: () => shown(anImportPreview()),
};

export const Renewed: Story = {
  render: () => shown(anImportPreview({ isRenewed: true })),
};

export const Clean: Story = {
  render: () =>
    shown(
      anImportPreview({
        result: anImportResult({ refused: 0, rejected: [], conflicts: [], conflicting: 0 }),
      }),
    ),
};

export const Checking: Story = {
  render: () => shown(anImportPreview(), { isChecking: true }),
};

export const Importing: Story = {
  render: () => shown(anImportPreview(), { isImporting: true }),
};

export const NoList: Story = {
  render: () => shown(anImportPreview({ result: null, fault: FAULT })),
};
