import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { aLetterDetail, aStatus, someKinds, someLetters } from "#testing/gallery/factories/pipeline.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { DeadLettersPanel } from "./dead-letters-panel.tsx";

export default { title: "pipeline/DeadLettersPanel" } satisfies Meta;

type Story = StoryObj;

const LETTERS = "/api/v1/dead-letters";
const REASONS = "/api/v1/dead-letters/reasons";
const LETTER = "/api/v1/dead-letters/12";
const FULL = {
  [LETTERS]: answer({ items: someLetters(), nextCursor: "2" }),
  [REASONS]: answer({ items: someKinds() }),
};
const SHOWN = <DeadLettersPanel status={aStatus()} />;

export const Full: Story = {
  parameters: within({ answers: FULL }),
  render: () => SHOWN,
};

export const ReadOnly: Story = {
  parameters: within({ answers: FULL, session: aSession("operations") }),
  render: () => SHOWN,
};

export const LetterOpen: Story = {
  parameters: within({ answers: { ...FULL, [LETTER]: answer(aLetterDetail()) }, search: "letter=12" }),
  render: () => SHOWN,
};

export const UnreadableLetter: Story = {
  parameters: within({
    answers: {
      ...FULL,
      [LETTER]: answer(aLetterDetail({ isReadable: false, code: "bad_json", field: null })),
    },
    search: "letter=12",
  }),
  render: () => SHOWN,
};

export const LetterFailed: Story = {
  parameters: within({ answers: { ...FULL, [LETTER]: FAILED }, search: "letter=12" }),
  render: () => SHOWN,
};

export const Empty: Story = {
  parameters: within({
    answers: { [LETTERS]: answer({ items: [], nextCursor: null }), [REASONS]: answer({ items: [] }) },
  }),
  render: () => SHOWN,
};

export const Loading: Story = {
  parameters: within({ answers: { [LETTERS]: NEVER, [REASONS]: NEVER } }),
  render: () => SHOWN,
};

export const Failed: Story = {
  parameters: within({ answers: { [LETTERS]: FAILED, [REASONS]: FAILED } }),
  render: () => SHOWN,
};
