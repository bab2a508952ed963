import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER, problem } from "#testing/gallery/answers.ts";
import { aLastPage } from "#testing/gallery/factories/audience.ts";
import { aCaseDetail, aPremiumHistory, theOffice } from "#testing/gallery/factories/retention.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { CasePanel } from "./case-panel.tsx";

export default { title: "retention/CasePanel" } satisfies Meta;

type Story = StoryObj;

const CASE = "/api/v1/retention/cases/7";
const HISTORY = "/api/v1/retention/cases/7/history";
const LAST_PAGE = "/api/v1/retention/cases/7/last-page";
const OFFICE = "/api/v1/business-calendar";
/** What stands beside every case. */
const BESIDE = {
  [HISTORY]: answer(aPremiumHistory()),
  [LAST_PAGE]: answer(aLastPage()),
  [OFFICE]: answer(theOffice()),
};
const SHOWN = {
  id: "7",
  act: () => undefined,
  isBusy: false,
  asked: null,
  onAsked: () => undefined,
  onBack: () => undefined,
};

export const New: Story = {
  parameters: within({ answers: { [CASE]: answer(aCaseDetail()), ...BESIDE } }),
  render: () => <CasePanel {...SHOWN} />,
};

export const Claimed: Story = {
  parameters: within({
    answers: {
      [CASE]: answer(aCaseDetail({ state: "claimed", assignee: { id: "wei", name: "Wei Chen" } })),
      ...BESIDE,
    },
  }),
  render: () => <CasePanel {...SHOWN} />,
};

export const Closed: Story = {
  parameters: within({
    answers: {
      [CASE]: answer(aCaseDetail({ state: "closed", outcome: "retained" })),
      ...BESIDE,
    },
  }),
  render: () => <CasePanel {...SHOWN} />,
};

export const Closing: Story = {
  parameters: within({ answers: { [CASE]: answer(aCaseDetail()), ...BESIDE } }),
  render: () => <CasePanel {...SHOWN} asked="close" />,
};

export const Calling: Story = {
  parameters: within({
    session: aSession("manager"),
    answers: {
      [CASE]: answer(
        aCaseDetail({
          contact: {
            barred: { at: "2026-11-20T02:00:00.000Z", by: { id: "wei", name: "Wei Chen" } },
            reached: 3,
            limit: { times: 3, days: 7 },
          },
        }),
      ),
      ...BESIDE,
    },
  }),
  render: () => <CasePanel {...SHOWN} asked="call" />,
};

export const ReadOnly: Story = {
  parameters: within({
    session: aSession("operations"),
    answers: { [CASE]: answer(aCaseDetail()), ...BESIDE, [HISTORY]: answer({ items: [] }) },
  }),
  render: () => <CasePanel {...SHOWN} />,
};

export const Loading: Story = {
  parameters: within({ answers: { [CASE]: NEVER } }),
  render: () => <CasePanel {...SHOWN} />,
};

export const Missing: Story = {
  parameters: within({ answers: { [CASE]: problem(404, "not_found", "There is no such case.") } }),
  render: () => <CasePanel {...SHOWN} />,
};

export const Failed: Story = {
  parameters: within({ answers: { [CASE]: FAILED } }),
  render: () => <CasePanel {...SHOWN} />,
};
