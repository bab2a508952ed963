import type { Meta, StoryObj } from "@storybook/react-vite";
import { type Answer, answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { anAuditPage } from "#testing/gallery/factories/audit.ts";
import { aPerson, someSessions, thePeople } from "#testing/gallery/factories/people.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { within } from "#testing/gallery/setting.ts";
import { PeoplePage } from "./people-page.tsx";

export default { title: "people/PeoplePage" } satisfies Meta;

type Story = StoryObj;

const story = (
  people: Answer,
  search = "",
  sessions: Answer = answer({ items: someSessions() }),
  changes: Answer = answer(anAuditPage()),
): Story => ({
  parameters: within({
    search,
    answers: { "/api/v1/people": people, "/api/v1/people/*/sessions": sessions, "/api/v1/audit": changes },
  }),
  render: () => <PeoplePage />,
});

const ALL = answer(thePeople());

export const Full: Story = story(ALL);
export const Operations: Story = story(ALL, "person=ou");
export const Manager: Story = story(ALL, "person=han");
export const Invited: Story = story(ALL, "person=song");
export const Disabled: Story = story(ALL, "person=yan", answer({ items: [] }));
export const SessionsLoading: Story = story(ALL, "person=ou", NEVER);
export const SessionsFailed: Story = story(ALL, "person=ou", FAILED);
export const ChangesFailed: Story = story(ALL, "person=ou", undefined, FAILED);
export const NoChanges: Story = story(ALL, "person=ou", undefined, answer({ ...anAuditPage(), items: [] }));
export const NobodyFound: Story = story(ALL, "find=nobody");
export const Alone: Story = story(answer(thePeople([aPerson({ id: "lin", role: "administrator" })])));
export const Loading: Story = story(NEVER);
export const Failed: Story = story(FAILED);

/** Somebody who may look and not write. */
export const ReadOnly: Story = {
  parameters: within({
    search: "person=ou",
    session: { ...aSession("administrator"), can: ["session.read", "people.read"] },
    answers: { "/api/v1/people": ALL, "/api/v1/people/*/sessions": answer({ items: someSessions() }) },
  }),
  render: () => <PeoplePage />,
};
