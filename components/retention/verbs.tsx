"use client";
import { Button } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslations } from "use-intl";
import type { CaseDetail, CaseSummary } from "#server/contracts/api/retention.ts";
import {
  CASE_VERB_NAMES,
  CASE_VERBS,
  type CaseVerbName,
  hasBody,
  isOffered,
  type VerbWithBody,
} from "#server/contracts/cases.ts";
import { useSession } from "../shell/session.tsx";
import type { VerbCall } from "./use-verbs.ts";
import type { VerbInputProps } from "./verb-input-props.ts";
import { VERB_INPUTS } from "./verb-inputs.tsx";

export interface VerbsProps {
  /** @param onDone when it was done, not before */
  readonly act: (target: Pick<CaseSummary, "id" | "version">, call: VerbCall, onDone?: () => void) => void;
  readonly isBusy: boolean;
  /** The verb whose input is open. */
  readonly asked: CaseVerbName | null;
  readonly onAsked: (verb: CaseVerbName | null) => void;
}

/** The verbs that are offered on a case at one place, as the table of verbs says. */
export function Verbs({
  place,
  of,
  ...props
}: VerbsProps & { readonly place: "head" | "foot"; readonly of: CaseDetail }) {
  const { id: myId } = useSession();
  const offered = CASE_VERB_NAMES.filter(
    (name) => CASE_VERBS[name].place === place && isOffered(name, of, myId),
  );
  return offered.map((name) =>
    hasBody(name) ? (
      <VerbInput key={name} name={name} of={of} {...props} />
    ) : (
      <VerbButton key={name} name={name} of={of} {...props} />
    ),
  );
}

function VerbButton({
  name,
  of,
  act,
  isBusy,
}: VerbsProps & { readonly name: Exclude<CaseVerbName, VerbWithBody>; readonly of: CaseDetail }) {
  const t = useTranslations("retention.verbs");
  const isMain = "isMain" in CASE_VERBS[name];
  return (
    <Button
      {...(isMain ? {} : { variant: "default" })}
      disabled={isBusy}
      onClick={() => act(of, { verb: name })}
    >
      {t(name)}
    </Button>
  );
}

function VerbInput<V extends VerbWithBody>({
  name,
  of,
  act,
  isBusy,
  asked,
  onAsked,
}: VerbsProps & { readonly name: V; readonly of: CaseDetail }) {
  const { id: myId } = useSession();
  const Input = VERB_INPUTS[name] as ComponentType<VerbInputProps<V>>;
  return (
    <Input
      caseId={of.id}
      owner={of.assignee?.id === myId ? null : of.assignee}
      isBusy={isBusy}
      isAsked={asked === name}
      onAsked={(isAsked) => onAsked(isAsked ? name : null)}
      onAct={(body, onDone) => act(of, { verb: name, ...body } as VerbCall, onDone)}
    />
  );
}
