import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer } from "#testing/gallery/answers.ts";
import { aLastPage } from "#testing/gallery/factories/audience.ts";
import {
  aCaseDetail,
  aCasesPage,
  aPremiumHistory,
  someCounts,
  someOwners,
  theOffice,
} from "#testing/gallery/factories/retention.ts";
import { within } from "#testing/gallery/setting.ts";
import { RetentionPage } from "./retention-page.tsx";

export default { title: "retention/RetentionPage" } satisfies Meta;

type Story = StoryObj;

const DESK = (
  <div style={{ height: 700, display: "grid" }}>
    <RetentionPage />
  </div>
);
const QUEUE = {
  "/api/v1/retention/cases": answer(aCasesPage()),
  "/api/v1/retention/counts": answer(someCounts()),
  "/api/v1/retention/owners": answer(someOwners()),
  "/api/v1/business-calendar": answer(theOffice()),
};

export const NothingChosen: Story = {
  parameters: within({ answers: { ...QUEUE, "/api/v1/retention/cases": answer(aCasesPage([])) } }),
  render: () => DESK,
};

export const CaseChosen: Story = {
  parameters: within({
    search: "case=7",
    answers: {
      ...QUEUE,
      "/api/v1/retention/cases/7": answer(aCaseDetail()),
      "/api/v1/retention/cases/7/history": answer(aPremiumHistory()),
      "/api/v1/retention/cases/7/last-page": answer(aLastPage()),
    },
  }),
  render: () => DESK,
};
