"use client";
import { Button, Menu, TextInput } from "@mantine/core";
import { type FormEvent, type RefObject, useRef } from "react";
import { useTranslations } from "use-intl";
import type { CaseDetail, CaseSummary } from "#server/contracts/api/retention.ts";
import { OUTCOMES } from "#server/contracts/cases.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { useCan } from "../shell/session.tsx";
import { ProblemError } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { AmountChart } from "./amount-chart.tsx";
import styles from "./case.module.css";
import { Customer } from "./customer.tsx";
import { Evidence } from "./evidence.tsx";
import { StateBadge } from "./state-badge.tsx";
import { Timeline } from "./timeline.tsx";
import { useCase } from "./use-case.ts";
import type { VerbCall } from "./use-verbs.ts";

export interface CasePanelProps {
  readonly id: string;
  /** @param onDone when it was done, not before */
  readonly act: (target: Pick<CaseSummary, "id" | "version">, call: VerbCall, onDone?: () => void) => void;
  readonly isBusy: boolean;
  readonly isClosing: boolean;
  readonly onClosing: (open: boolean) => void;
  readonly noteField: RefObject<HTMLInputElement | null>;
  readonly onBack: () => void;
}

/** One case: who, what to do, the evidence, and what has happened. */
export function CasePanel(props: CasePanelProps) {
  const t = useTranslations("retention");
  const { data, error, refetch } = useCase(props.id);
  if (error && !data) {
    return (
      <section className={styles.panel}>
        {error instanceof ProblemError && error.status === 404 ? (
          <LoadFailed message={t("caseMissing")} retry={t("back")} onRetry={props.onBack} />
        ) : (
          <LoadFailed message={t("caseFailed")} retry={t("retry")} onRetry={() => void refetch()} />
        )}
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-label={t("evidence.title")} aria-busy={!data}>
      {data ? <CaseBody {...props} detail={data} /> : <div className={styles.skeleton} aria-hidden="true" />}
    </section>
  );
}

function CaseBody({ detail, ...props }: CasePanelProps & { readonly detail: CaseDetail }) {
  const t = useTranslations("retention");
  const canWork = useCan("retention.work");
  return (
    <>
      <header className={styles.head}>
        <Button className={styles.back} variant="default" onClick={props.onBack}>
          {t("back")}
        </Button>
        <h2 className={styles.name}>
          <Customer of={detail} />
          <StateBadge state={detail.state} />
        </h2>
        <p className={styles.quiet}>
          {[detail.customerTel, t("user", { id: detail.userId }), detail.assignee?.name]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {canWork ? <Verbs detail={detail} {...props} /> : null}
      </header>
      <AmountChart of={detail} />
      <Evidence of={detail} />
      <Timeline of={detail} />
      {canWork ? <NoteForm detail={detail} {...props} /> : null}
    </>
  );
}

function Verbs({
  detail,
  act,
  isBusy,
  isClosing,
  onClosing,
}: CasePanelProps & { readonly detail: CaseDetail }) {
  const t = useTranslations("retention");
  if (detail.state === "closed") {
    return (
      <div className={styles.verbs}>
        <Button variant="default" disabled={isBusy} onClick={() => act(detail, { verb: "reopen" })}>
          {t("verbs.reopen")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.verbs}>
      {detail.assignee === null ? (
        <Button disabled={isBusy} onClick={() => act(detail, { verb: "claim" })}>
          {t("verbs.claim")}
        </Button>
      ) : (
        <Button variant="default" disabled={isBusy} onClick={() => act(detail, { verb: "release" })}>
          {t("verbs.release")}
        </Button>
      )}
      <Button variant="default" disabled={isBusy} onClick={() => act(detail, { verb: "contact" })}>
        {t("verbs.contact")}
      </Button>
      <Snooze detail={detail} act={act} isBusy={isBusy} />
      <Menu opened={isClosing} onChange={onClosing}>
        <Menu.Target>
          <Button variant="default" disabled={isBusy}>
            {t("verbs.close")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("closeTitle")}</Menu.Label>
          {OUTCOMES.map((outcome) => (
            <Menu.Item key={outcome} onClick={() => act(detail, { verb: "close", outcome })}>
              {t(`outcomes.${outcome}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Hours that a snooze may last. */
const SNOOZES = ["1", "24", "72", "168"] as const;
const HOUR_MS = 3_600_000;

function Snooze({
  detail,
  act,
  isBusy,
}: Pick<CasePanelProps, "act" | "isBusy"> & { readonly detail: CaseDetail }) {
  const t = useTranslations("retention");
  const { now } = useLiveClient();
  const until = (hours: string) => new Date(now() + Number(hours) * HOUR_MS).toISOString();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" disabled={isBusy}>
          {t("verbs.snooze")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("snoozeTitle")}</Menu.Label>
        {SNOOZES.map((hours) => (
          <Menu.Item key={hours} onClick={() => act(detail, { verb: "snooze", until: until(hours) })}>
            {t(`snoozeFor.${hours}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function NoteForm({ detail, act, isBusy, noteField }: CasePanelProps & { readonly detail: CaseDetail }) {
  const t = useTranslations("retention");
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("note")).trim();
    if (text === "") return;
    // Only what is saved leaves the field, and nothing that was written into it meanwhile.
    act(detail, { verb: "note", text }, () => {
      if (noteField.current?.value.trim() === text) form.current?.reset();
    });
  };
  return (
    <form ref={form} className={styles.note} onSubmit={submit}>
      <TextInput
        ref={noteField}
        name="note"
        maxLength={4000}
        aria-label={t("notePlaceholder")}
        placeholder={t("notePlaceholder")}
        autoComplete="off"
      />
      <Button type="submit" variant="default" disabled={isBusy}>
        {t("verbs.note")}
      </Button>
    </form>
  );
}
