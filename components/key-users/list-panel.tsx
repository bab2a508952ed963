"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { ListSkeleton } from "../ui/list/list.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./list.module.css";
import type { ListPanelProps } from "./list-props.ts";
import { ListRows } from "./list-rows.tsx";
import { isNarrowed, WHOLE_LIST } from "./prepare-list.ts";
import { useListChoice } from "./use-list-choice.ts";

const SKELETON_ROWS = 14;

/** The list, in whichever of its states. */
export function ListPanel(props: ListPanelProps) {
  const t = useTranslations("keyUsers.list");
  return (
    <section className={styles.panel}>
      {props.arrivals > 0 ? (
        <Button variant="light" className={styles.arrivals} onClick={props.onShow}>
          {t("fresh", { count: props.arrivals })}
        </Button>
      ) : null}
      <Body {...props} />
    </section>
  );
}

function Body(props: ListPanelProps) {
  const { query, users, choice } = props;
  if (query.status === "error") return <Failed onRetry={() => void query.refetch()} />;
  // Nobody of another choice is no answer to this one.
  const isAsked = query.status === "pending" || (query.isPlaceholderData && users.length === 0);
  if (isAsked) return <ListSkeleton rows={SKELETON_ROWS} />;
  if (users.length > 0) return <ListRows {...props} />;
  return isNarrowed(choice) ? <NobodyFound /> : <Nobody />;
}

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const t = useTranslations("keyUsers");
  return (
    <div className={styles.notice}>
      <LoadFailed message={t("list.failed")} retry={t("retry")} onRetry={onRetry} />
      <WholeList />
    </div>
  );
}

function Nobody() {
  const t = useTranslations("keyUsers.list");
  return (
    <div className={styles.notice}>
      <strong>{t("empty")}</strong>
      <p>{t("emptyHint")}</p>
    </div>
  );
}

function NobodyFound() {
  const t = useTranslations("keyUsers.list");
  return (
    <div className={styles.notice} role="status">
      <strong>{t("none")}</strong>
      <WholeList />
    </div>
  );
}

/** The way back from whatever narrows the list. */
function WholeList() {
  const t = useTranslations("keyUsers.list");
  const [choice, setChoice] = useListChoice();
  if (!isNarrowed(choice)) return null;
  return (
    <Button variant="default" onClick={() => void setChoice(WHOLE_LIST)}>
      {t("clear")}
    </Button>
  );
}
