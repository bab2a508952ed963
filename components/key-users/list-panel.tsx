"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { ListSkeleton } from "../ui/list/list.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./list.module.css";
import type { ListPanelProps } from "./list-props.ts";
import { ListRows } from "./list-rows.tsx";
import { filterCount } from "./prepare-list.ts";
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
  const t = useTranslations("keyUsers");
  const { query, users } = props;
  if (query.status === "pending") {
    return <ListSkeleton rows={SKELETON_ROWS} />;
  }
  if (query.status === "error") {
    return (
      <div className={styles.notice}>
        <LoadFailed message={t("list.failed")} retry={t("retry")} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  return users.length === 0 ? <Nobody /> : <ListRows {...props} />;
}

/** Nobody at all, or nobody found: each with its next step. */
function Nobody() {
  const t = useTranslations("keyUsers.list");
  const [choice, setChoice] = useListChoice();
  if (choice.search === "" && filterCount(choice) === 0) {
    return (
      <div className={styles.notice}>
        <strong>{t("empty")}</strong>
        <p>{t("emptyHint")}</p>
      </div>
    );
  }
  return (
    <div className={styles.notice}>
      <strong>{t("none")}</strong>
      <Button variant="default" onClick={() => void setChoice(null)}>
        {t("clear")}
      </Button>
    </div>
  );
}
