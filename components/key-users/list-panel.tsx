"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./list.module.css";
import { ListRows } from "./list-rows.tsx";
import type { RowWrite } from "./use-key-user-writes.ts";
import type { useKeyUsers } from "./use-key-users.ts";
import { type ListChoice, useListChoice } from "./use-list-choice.ts";

const SKELETON_ROWS = 14;

export interface ListPanelProps {
  readonly users: readonly KeyUser[];
  readonly query: Pick<
    ReturnType<typeof useKeyUsers>["query"],
    "status" | "data" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage" | "refetch"
  >;
  readonly choice: ListChoice;
  readonly arrivals: number;
  readonly canWrite: boolean;
  readonly isNarrow: boolean;
  readonly onShow: () => void;
  readonly onWrite: (write: RowWrite) => void;
  readonly onHistory: (userId: string) => void;
}

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
    return Array.from({ length: SKELETON_ROWS }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are all alike
      <div key={row} className={styles.skeleton} aria-hidden="true" />
    ));
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
  if (choice.search === "") {
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
      <Button variant="default" onClick={() => void setChoice({ search: null })}>
        {t("clear")}
      </Button>
    </div>
  );
}
