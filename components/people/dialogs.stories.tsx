import type { Meta, StoryObj } from "@storybook/react-vite";
import type { GivenLink } from "#server/contracts/api/people.ts";
import { rolesWithRights } from "#server/people/roles.ts";
import { aLink, aPerson, someSessions } from "#testing/gallery/factories/people.ts";
import { ActDialog } from "./act-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import type { ActCall } from "./use-person-acts.ts";

export default { title: "people/Dialogs" } satisfies Meta;

type Story = StoryObj;

const nothing = () => undefined;
const MANAGER = aPerson({ id: "han", name: "Han Mei", role: "manager", segments: ["高净值", "east"] });

const act = (call: Partial<ActCall> & Pick<ActCall, "name">): Story => ({
  render: () => <ActDialog call={{ person: MANAGER, ...call }} onClose={nothing} onDone={nothing} />,
});

export const Role: Story = act({ name: "role", role: "operations" });
export const Scope: Story = act({ name: "scope" });
export const Disable: Story = act({ name: "disable" });
export const Enable: Story = act({ name: "enable" });
export const Reset: Story = act({ name: "reset" });
export const SignOut: Story = act({ name: "sign-out" });
export const EndSession: Story = act({ name: "end-session", ...sessionOf() });
export const NewLink: Story = act({ name: "reissue" });
export const TakeBack: Story = act({ name: "withdraw" });

export const Invite: Story = {
  render: () => <InviteDialog roles={rolesWithRights()} onClose={nothing} onDone={nothing} />,
};

const link = (mail: GivenLink["mail"]): Story => ({
  render: () => (
    <LinkDialog
      shown={{ name: "Song Rui", email: "song.rui@example.cn", link: aLink(mail) }}
      onClose={nothing}
    />
  ),
});

export const Link: Story = link("none");
export const LinkMailed: Story = link("sent");
export const LinkNotMailed: Story = link("failed");

function sessionOf(): Pick<ActCall, "session"> {
  const [session] = someSessions();
  return session ? { session } : {};
}
