"use client";
import { Button, Menu, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import type { CallResult, VerbBody } from "#server/contracts/cases.ts";
import styles from "./call-form.module.css";
import { SnoozeItems } from "./snooze-items.tsx";
import { useDraft } from "./use-draft.ts";

interface CallResultsProps {
  readonly caseId: string;
  readonly isBusy: boolean;
  /** The customer is not to be contacted, as things stand. */
  readonly isBarred: boolean;
  readonly onResult: (body: VerbBody<"call">) => void;
}

/** Results that are told by one press. */
const AT_ONCE = ["reached", "no_answer", "wrong_number"] as const satisfies readonly CallResult[];

/** How a call went: one press, with a note if there is something to say. */
export function CallResults({ caseId, isBusy, isBarred, onResult }: CallResultsProps) {
  const t = useTranslations("retention");
  const note = useRef<HTMLInputElement>(null);
  const draft = useDraft(caseId, "call");
  const tell = (result: CallResult, until?: string) => {
    const text = note.current?.value.trim();
    onResult({ result, ...(until ? { until } : {}), ...(text ? { note: text } : {}) });
  };
  const bar = isBarred ? "may_contact" : "do_not_contact";
  return (
    <section className={styles.part}>
      <h3>{t("call.how")}</h3>
      <TextInput
        ref={note}
        label={t("closeNote")}
        maxLength={4000}
        autoComplete="off"
        defaultValue={draft.text}
        onChange={({ currentTarget }) => draft.keep(currentTarget.value)}
      />
      <div className={styles.results}>
        {AT_ONCE.map((result) => (
          <Button key={result} variant="default" disabled={isBusy} onClick={() => tell(result)}>
            {t(`call.results.${result}`)}
          </Button>
        ))}
        <Menu>
          <Menu.Target>
            <Button variant="default" disabled={isBusy}>
              {t("call.callBack")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <SnoozeItems onUntil={(until) => tell("call_back", until)} />
          </Menu.Dropdown>
        </Menu>
        <Button className={styles.bar} variant="subtle" disabled={isBusy} onClick={() => tell(bar)}>
          {t(`call.results.${bar}`)}
        </Button>
      </div>
      <p className={styles.quiet}>{t("call.effect")}</p>
    </section>
  );
}
