import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { anAccount, anAccountWithoutFactor } from "#testing/gallery/factories/account.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { AccountPage } from "./account-page.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RenewDialog } from "./renew-dialog.tsx";

export default { title: "account/AccountPage" } satisfies Meta;

type Story = StoryObj;

const ME = "/api/v1/me";
const PAGE = <AccountPage />;
const close = () => undefined;

export const WithFactor: Story = {
  parameters: within({ answers: { [ME]: answer(anAccount()) } }),
  render: () => PAGE,
};

export const WithoutFactor: Story = {
  parameters: within({
    answers: {
      [ME]: answer({ ...anAccountWithoutFactor(), sessions: anAccount().sessions.slice(0, 1) }),
    },
  }),
  render: () => PAGE,
};

export const ByProvider: Story = {
  parameters: within({
    answers: { [ME]: answer(anAccountWithoutFactor()) },
    session: {
      ...aSession("manager"),
      waysIn: { hasPassword: false, providers: [{ id: "wecom", name: null }] },
    },
  }),
  render: () => PAGE,
};

export const NoCodesLeft: Story = {
  parameters: within({ answers: { [ME]: answer(anAccount({ recoveryCodesLeft: 0 })) } }),
  render: () => PAGE,
};

export const NoMailServer: Story = {
  parameters: within({
    answers: { [ME]: answer({ ...anAccount(), told: { ...anAccount().told, canMail: false } }) },
  }),
  render: () => PAGE,
};

export const Loading: Story = {
  parameters: within({ answers: { [ME]: NEVER } }),
  render: () => PAGE,
};

export const Failed: Story = {
  parameters: within({ answers: { [ME]: FAILED } }),
  render: () => PAGE,
};

export const Renew: Story = {
  render: () => <RenewDialog onClose={close} />,
};

export const Remove: Story = {
  render: () => <RemoveDialog isAsked={false} onClose={close} />,
};

export const RemoveWhereAsked: Story = {
  render: () => <RemoveDialog isAsked onClose={close} />,
};
