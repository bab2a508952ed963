import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import {
  aDeadLetterDetail,
  aStatus,
  someDeadLetters,
  someReasonGroups,
} from "#testing/gallery/factories/pipeline.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { DeadLettersPanel } from "./dead-letters-panel.tsx";

export default { title: "pipeline/DeadLettersPanel" } satisfies Meta;

type Story = StoryObj;

const DEAD_LETTERS = "/api/v1/dead-letters";
const REASONS = "/api/v1/dead-letters/reasons";
const DEAD_LETTER = "/api/v1/dead-letters/12";
const FULL = {
  [DEAD_LETTERS]: answer({ items: someDeadLetters(), nextCursor: "2" }),
  [REASONS]: answer({ items: someReasonGroups() }),
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

export const DeadLetterOpen: Story = {
  parameters: within({
    answers: { ...FULL, [DEAD_LETTER]: answer(aDeadLetterDetail()) },
    search: "deadLetter=12",
  }),
  render: () => SHOWN,
};

export const UnreadableDeadLetter: Story = {
  parameters: within({
    answers: {
      ...FULL,
      [DEAD_LETTER]: answer(aDeadLetterDetail({ isReadable: false, code: "bad_json", field: null })),
    },
    search: "deadLetter=12",
  }),
  render: () => SHOWN,
};

export const DeadLetterFailed: Story = {
  parameters: within({ answers: { ...FULL, [DEAD_LETTER]: FAILED }, search: "deadLetter=12" }),
  render: () => SHOWN,
};

export const Empty: Story = {
  parameters: within({
    answers: { [DEAD_LETTERS]: answer({ items: [], nextCursor: null }), [REASONS]: answer({ items: [] }) },
  }),
  render: () => SHOWN,
};

export const Loading: Story = {
  parameters: within({ answers: { [DEAD_LETTERS]: NEVER, [REASONS]: NEVER } }),
  render: () => SHOWN,
};

export const Failed: Story = {
  parameters: within({ answers: { [DEAD_LETTERS]: FAILED, [REASONS]: FAILED } }),
  render: () => SHOWN,
};
