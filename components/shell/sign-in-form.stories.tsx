import type { Meta, StoryObj } from "@storybook/react-vite";
import { ROLES } from "#server/contracts/roles.ts";
import { SetupForm } from "./setup-form.tsx";
import type { SignInFailure } from "./sign-in.ts";
import { CodeCard, SignInForm } from "./sign-in-form.tsx";

export default { title: "shell/SignInForm" } satisfies Meta;

type Story = StoryObj;

const HARBOUR = { id: "oidc", name: "Harbour ID" } as const;
const WECOM = { id: "wecom", name: null } as const;
const DINGTALK = { id: "dingtalk", name: null } as const;

const DEMO = ROLES.map((role) => ({
  name: role,
  email: `${role}@example.test`,
  password: "unused",
  role,
}));

export const Plain: Story = {
  render: () => <SignInForm goTo="/" demo={[]} hint={null} />,
};

export const WithProvider: Story = {
  render: () => <SignInForm goTo="/" demo={[]} hint={null} providers={[HARBOUR]} />,
};

export const RefusedByGroups: Story = {
  render: () => (
    <SignInForm
      goTo="/"
      demo={[]}
      hint={null}
      providers={[HARBOUR]}
      refused={{ provider: HARBOUR, why: "noRole", subject: null }}
    />
  ),
};

export const ThreeProviders: Story = {
  render: () => <SignInForm goTo="/" demo={[]} hint={null} providers={[HARBOUR, WECOM, DINGTALK]} />,
};

export const NotKnownAtWecom: Story = {
  render: () => (
    <SignInForm
      goTo="/"
      demo={[]}
      hint={null}
      providers={[WECOM]}
      refused={{ provider: WECOM, why: "unverified", subject: "lilei" }}
    />
  ),
};

export const Demo: Story = {
  render: () => <SignInForm goTo="/" demo={DEMO} hint={null} />,
};

export const ClosedDemo: Story = {
  render: () => <SignInForm goTo="/" demo={[]} hint="closedDemo" />,
};

const signing = (failure: SignInFailure | null) => ({
  step: "code" as const,
  isBusy: false,
  failure,
  enter: () => undefined,
  giveCode: () => undefined,
  restart: () => undefined,
});

export const Code: Story = {
  render: () => <CodeCard signing={signing(null)} />,
};

export const WrongCode: Story = {
  render: () => <CodeCard signing={signing("wrongCode")} />,
};

export const TooManyCodes: Story = {
  render: () => <CodeCard signing={signing("tooManyCodes")} />,
};

export const Setup: Story = {
  render: () => <SetupForm token="token" />,
};
