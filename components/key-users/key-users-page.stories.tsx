import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { aKeyUsersPage } from "#testing/gallery/factories/key-users.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { KeyUsersPage } from "./key-users-page.tsx";

export default { title: "key-users/KeyUsersPage" } satisfies Meta;

type Story = StoryObj;

const PATH = "/api/v1/key-users";
const PAGE = (
  <div style={{ height: 700, display: "grid" }}>
    <KeyUsersPage />
  </div>
);

export const Full: Story = {
  parameters: within({ answers: { [PATH]: answer(aKeyUsersPage()) } }),
  render: () => PAGE,
};

export const ReadOnly: Story = {
  parameters: within({ answers: { [PATH]: answer(aKeyUsersPage()) }, session: aSession("manager") }),
  render: () => PAGE,
};

export const Stale: Story = {
  parameters: within({ answers: { [PATH]: answer(aKeyUsersPage()) }, line: "lost" }),
  render: () => PAGE,
};

export const Empty: Story = {
  parameters: within({ answers: { [PATH]: answer(aKeyUsersPage([])) } }),
  render: () => PAGE,
};

export const NobodyFound: Story = {
  parameters: within({ answers: { [PATH]: answer(aKeyUsersPage([])) }, search: "openCase=yes&sort=state" }),
  render: () => PAGE,
};

export const FailedNarrowed: Story = {
  parameters: within({ answers: { [PATH]: FAILED }, search: "amountFrom=500" }),
  render: () => PAGE,
};

export const Loading: Story = {
  parameters: within({ answers: { [PATH]: NEVER } }),
  render: () => PAGE,
};

export const Failed: Story = {
  parameters: within({ answers: { [PATH]: FAILED } }),
  render: () => PAGE,
};
