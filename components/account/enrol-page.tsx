"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { WaysIn } from "#server/contracts/single-sign-on.ts";
import { BeginStep } from "./begin-step.tsx";
import { CodesStep } from "./codes-step.tsx";
import { GiveStep } from "./give-step.tsx";
import { ScanStep } from "./scan-step.tsx";
import type { BegunEnrolment } from "./second-factor-api.ts";
import { WayOut } from "./way-out.tsx";

export interface EnrolPageProps {
  /** Path of ours to go on with. */
  readonly goTo: string;
  /** Nothing else can be done before. */
  readonly isNeeded: boolean;
  /** There is one already, and this session was begun without it. */
  readonly isEnrolled: boolean;
  /** By what they show who they are. */
  readonly waysIn: WaysIn;
}

/** /enrol: password, picture for the app and its first code, recovery codes. */
export function EnrolPage({ goTo, isNeeded, isEnrolled, waysIn }: EnrolPageProps) {
  const t = useTranslations("account.enrol");
  const [begun, setBegun] = useState<BegunEnrolment | null>(null);
  const [isConfirmed, setConfirmed] = useState(false);
  const out = <WayOut isNeeded={isNeeded} />;
  if (isEnrolled) return <GiveStep goTo={goTo} />;
  if (begun && isConfirmed) return <CodesStep codes={begun.backupCodes} goTo={goTo} />;
  if (begun) return <ScanStep begun={begun} onConfirmed={() => setConfirmed(true)} out={out} />;
  return (
    <BeginStep lead={t(isNeeded ? "why" : "lead")} waysIn={waysIn} goTo={goTo} onBegun={setBegun} out={out} />
  );
}
