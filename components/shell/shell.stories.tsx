import type { Meta, StoryObj } from "@storybook/react-vite";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { AppShell } from "./app-shell.tsx";
import { Failed, Forbidden, LinkSpent, NothingHere } from "./notices.tsx";
import { SignInDialog } from "./sign-in-dialog.tsx";
import { SignedInPage } from "./signed-in-page.tsx";
import { WipeDialog } from "./wipe-dialog.tsx";

export default { title: "shell/Shell" } satisfies Meta;

type Story = StoryObj;

const SHELL = (
  <AppShell>
    <main id="content">…</main>
  </AppShell>
);

export const Administrator: Story = {
  parameters: within({ session: aSession("administrator", true) }),
  render: () => SHELL,
};

export const Operations: Story = {
  parameters: within({ session: aSession("operations") }),
  render: () => SHELL,
};

export const Auditor: Story = {
  parameters: within({ session: aSession("auditor") }),
  render: () => SHELL,
};

export const NotAllowed: Story = {
  render: () => <Forbidden />,
};

export const NoSuchPage: Story = {
  render: () => <NothingHere />,
};

export const SpentLink: Story = {
  render: () => <LinkSpent />,
};

export const Broken: Story = {
  render: () => <Failed onRetry={() => undefined} />,
};

export const SessionEnded: Story = {
  render: () => <SignInDialog onSignedIn={() => undefined} />,
};

export const SessionEndedOfProvider: Story = {
  parameters: within({
    session: {
      ...aSession("manager"),
      waysIn: { hasPassword: false, providers: [{ id: "wecom", name: null }] },
    },
  }),
  render: () => <SignInDialog onSignedIn={() => undefined} />,
};

export const SignedInAgain: Story = {
  render: () => <SignedInPage />,
};

export const Wipe: Story = {
  render: () => <WipeDialog onClose={() => undefined} />,
};
