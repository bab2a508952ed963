import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { anApiKey, endedApiKeys, someApiKeys } from "#testing/gallery/factories/api-keys.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { ApiKeysPanel } from "./api-keys-panel.tsx";
import { CreateDialog } from "./create-dialog.tsx";
import { IssuedSecret } from "./issued-secret.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";

export default { title: "api-keys/ApiKeys" } satisfies Meta;

type Story = StoryObj;

const PATH = "/api/v1/api-keys";
const page = (items: readonly unknown[]) => answer({ items, nextCursor: null });
const panel = () => <ApiKeysPanel />;
const done = () => undefined;

export const InUse: Story = {
  parameters: within({ answers: { [PATH]: page(someApiKeys(Date.now())) } }),
  render: panel,
};

/** Somebody who may look and no more. */
export const ReadOnly: Story = {
  parameters: within({
    session: { ...aSession(), can: ["api-keys.read"] },
    answers: { [PATH]: page(someApiKeys(Date.now())) },
  }),
  render: panel,
};

export const Ended: Story = {
  parameters: within({ search: "keys=ended", answers: { [PATH]: page(endedApiKeys()) } }),
  render: panel,
};

export const More: Story = {
  parameters: within({ answers: { [PATH]: answer({ items: [anApiKey()], nextCursor: "2" }) } }),
  render: panel,
};

export const Empty: Story = {
  parameters: within({ answers: { [PATH]: page([]) } }),
  render: panel,
};

export const Loading: Story = {
  parameters: within({ answers: { [PATH]: NEVER } }),
  render: panel,
};

export const Failed: Story = {
  parameters: within({ answers: { [PATH]: FAILED } }),
  render: panel,
};

export const Create: Story = {
  render: () => <CreateDialog onClose={done} />,
};

export const Secret: Story = {
  render: () => (
    <IssuedSecret
      of={{ key: anApiKey(), secret: "tw_9aQ1sV0pX2mJb7cT5rYwKfLhNgDzEuIoAxCvBnMq3sE" }}
      onClose={done}
    />
  ),
};

export const Rotate: Story = {
  render: () => <RotateDialog of={anApiKey()} onClose={done} />,
};

export const Revoke: Story = {
  render: () => <RevokeDialog of={anApiKey()} onClose={done} />,
};
