import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { anAuditPage, LIN, someAuditEntries } from "#testing/gallery/factories/audit.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { AuditPage } from "./audit-page.tsx";

export default { title: "audit/AuditPage" } satisfies Meta;

type Story = StoryObj;

const AUDIT = "/api/v1/audit";
const ACTORS = { "/api/v1/audit/actors": answer({ items: [LIN] }) };
const FULL = { ...ACTORS, [AUDIT]: answer(anAuditPage()) };
const session = aSession("auditor");

export const Full: Story = {
  parameters: within({ answers: FULL, session }),
  render: () => <AuditPage />,
};

export const EntryOpen: Story = {
  parameters: within({ answers: FULL, session, search: `entry=${someAuditEntries()[2]?.id}` }),
  render: () => <AuditPage />,
};

export const DetailsPruned: Story = {
  parameters: within({
    answers: FULL,
    session,
    search: `entry=${someAuditEntries().find(({ details }) => details === null)?.id}`,
  }),
  render: () => <AuditPage />,
};

export const Narrowed: Story = {
  parameters: within({
    answers: FULL,
    session,
    search: "actor=lin&action=retention&subject=case%2020417&from=2026-11-22&to=2026-11-23",
  }),
  render: () => <AuditPage />,
};

export const NothingFits: Story = {
  parameters: within({
    answers: { ...ACTORS, [AUDIT]: answer(anAuditPage([])) },
    session,
    search: "text=nobody",
  }),
  render: () => <AuditPage />,
};

export const Empty: Story = {
  parameters: within({ answers: { ...ACTORS, [AUDIT]: answer(anAuditPage([])) }, session }),
  render: () => <AuditPage />,
};

export const Loading: Story = {
  parameters: within({ answers: { "/api/v1/audit/actors": NEVER, [AUDIT]: NEVER }, session }),
  render: () => <AuditPage />,
};

export const Failed: Story = {
  parameters: within({ answers: { "/api/v1/audit/actors": FAILED, [AUDIT]: FAILED }, session }),
  render: () => <AuditPage />,
};
