import type { Meta, StoryObj } from "@storybook/react-vite";
import { aBegunEnrolment } from "#testing/gallery/factories/account.ts";
import { CodesStep } from "./codes-step.tsx";
import { EnrolPage } from "./enrol-page.tsx";
import { ScanStep } from "./scan-step.tsx";
import { WayOut } from "./way-out.tsx";

export default { title: "account/EnrolPage" } satisfies Meta;

type Story = StoryObj;

const PASSWORD = { hasPassword: true, providers: [] };
const PROVIDER_ALONE = { hasPassword: false, providers: [{ id: "wecom", name: null }] } as const;

export const Needed: Story = {
  render: () => <EnrolPage goTo="/" isNeeded isEnrolled={false} waysIn={PASSWORD} />,
};

export const Wanted: Story = {
  render: () => <EnrolPage goTo="/me" isNeeded={false} isEnrolled={false} waysIn={PASSWORD} />,
};

export const Scan: Story = {
  render: () => (
    <ScanStep begun={aBegunEnrolment()} onConfirmed={() => undefined} out={<WayOut isNeeded />} />
  ),
};

export const Codes: Story = {
  render: () => <CodesStep codes={aBegunEnrolment().backupCodes} goTo="/" />,
};

export const Give: Story = {
  render: () => <EnrolPage goTo="/" isNeeded isEnrolled waysIn={PASSWORD} />,
};

export const WithoutPassword: Story = {
  render: () => <EnrolPage goTo="/" isNeeded isEnrolled={false} waysIn={PROVIDER_ALONE} />,
};
