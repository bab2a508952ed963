"use client";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../shell/session.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { Panel } from "../ui/panel.tsx";
import { Segments } from "../ui/segments.tsx";
import styles from "./api-keys.module.css";
import { CreateDialog } from "./create-dialog.tsx";
import { type KeyAct, KeyTable } from "./key-table.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import { useApiKeys } from "./use-api-keys.ts";

const STATES = ["valid", "ended"] as const;

/** Keys in use, or those that have ended; who may write makes, rotates and revokes them. */
export function ApiKeysPanel() {
  const t = useTranslations("apiKeys");
  const canWrite = useCan("api-keys.write");
  const [state, setState] = useQueryState("keys", parseAsStringLiteral(STATES).withDefault("valid"));
  const [act, setAct] = useState<KeyAct | null>(null);
  const close = () => setAct(null);
  return (
    <Panel
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <Segments
            label={t("which")}
            value={state}
            onChange={(next) => void setState(next)}
            data={STATES.map((value) => ({ value, label: t(`lists.${value}`) }))}
          />
          {canWrite ? (
            <Button
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => setAct({ verb: "create" })}
            >
              {t("create.open")}
            </Button>
          ) : null}
        </>
      }
    >
      <Keys state={state} onAct={canWrite ? setAct : null} />
      {act?.verb === "create" ? <CreateDialog onClose={close} /> : null}
      {act?.verb === "rotate" ? <RotateDialog of={act.key} onClose={close} /> : null}
      {act?.verb === "revoke" ? <RevokeDialog of={act.key} onClose={close} /> : null}
    </Panel>
  );
}

interface KeysProps {
  readonly state: (typeof STATES)[number];
  readonly onAct: ((act: KeyAct) => void) | null;
}

function Keys({ state, onAct }: KeysProps) {
  const t = useTranslations("apiKeys");
  const { data, isError, refetch, ...older } = useApiKeys(state);
  const items = data?.pages.flatMap((part) => part.items);
  if (!items && isError) {
    return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />;
  }
  if (!items) return <div className={styles.skeleton} data-skeleton aria-hidden="true" />;
  if (items.length === 0) return <p className={styles.quiet}>{t(`none.${state}`)}</p>;
  return (
    <>
      <KeyTable items={items} onAct={onAct} />
      {older.hasNextPage ? (
        <Button
          variant="default"
          loading={older.isFetchingNextPage}
          onClick={() => void older.fetchNextPage()}
        >
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}
