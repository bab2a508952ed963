"use client";
import { Button, Popover } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useCan } from "../shell/session.tsx";
import styles from "./call-form.module.css";
import { CallResults } from "./call-results.tsx";
import { RevealPart } from "./reveal-part.tsx";
import { useCase } from "./use-case.ts";
import { useDraft } from "./use-draft.ts";
import type { VerbInputProps } from "./verb-input-props.ts";

/** The whole of it stays in the window, above its button if need be. */
const WITHIN = { flip: true, shift: { crossAxis: true, padding: 8 } } as const;

/** Calling a customer: why the number is needed, the number for a minute, and how the call went. */
export function CallForm({ onAct, caseId, isBusy, isAsked, onAsked }: VerbInputProps<"call">) {
  const t = useTranslations("retention");
  const canReveal = useCan("personal.reveal");
  const { data } = useCase(caseId);
  const draft = useDraft(caseId, "call");
  return (
    <Popover
      opened={isAsked}
      onChange={onAsked}
      trapFocus
      returnFocus
      width={360}
      position="bottom-start"
      middlewares={WITHIN}
    >
      <Popover.Target>
        <Button variant="default" disabled={isBusy} onClick={() => onAsked(!isAsked)}>
          {t("verbs.call")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.form}>
        {canReveal && data ? (
          <RevealPart caseId={caseId} contact={data.contact} />
        ) : (
          <p className={styles.quiet}>{t("call.mayNot")}</p>
        )}
        <CallResults
          caseId={caseId}
          isBusy={isBusy}
          isBarred={data?.contact.barred != null}
          onResult={(body) =>
            onAct(body, () => {
              draft.keep("");
              onAsked(false);
            })
          }
        />
      </Popover.Dropdown>
    </Popover>
  );
}
