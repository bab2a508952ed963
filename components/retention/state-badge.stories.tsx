import type { Meta, StoryObj } from "@storybook/react-vite";
import { CASE_STATES, OUTCOMES } from "#server/contracts/cases.ts";
import { StateBadge } from "./state-badge.tsx";

export default { title: "retention/StateBadge" } satisfies Meta;

type Story = StoryObj;

export const EachState: Story = {
  render: () => (
    <div>
      {CASE_STATES.map((state) => (
        <StateBadge key={state} of={{ state, outcome: null }} />
      ))}
      {OUTCOMES.map((outcome) => (
        <StateBadge key={outcome} of={{ state: "closed", outcome }} />
      ))}
    </div>
  ),
};
