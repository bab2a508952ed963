"use client";
import { IconFlag3 } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./people.module.css";
import { PeopleTable } from "./people-table.tsx";
import { peopleFound } from "./prepare-people.ts";
import type { usePeople } from "./use-people.ts";
import type { usePeopleChoice } from "./use-people-choice.ts";

const SKELETON_ROWS = Array.from({ length: 8 }, (_, index) => `row ${index}`);

interface PeoplePanelProps {
  readonly query: ReturnType<typeof usePeople>;
  readonly choice: ReturnType<typeof usePeopleChoice>[0];
  readonly onChoose: (id: string) => void;
}

/** The list, in whichever of its states. */
export function PeoplePanel({ query, choice, onChoose }: PeoplePanelProps) {
  const t = useTranslations("people");
  const { data, isError, refetch } = query;
  const found = data ? peopleFound(data.items, choice.role, choice.find) : [];
  const sessions = found.reduce((sum, person) => sum + person.sessions, 0);
  const missing = found.filter(
    ({ state, secondFactor }) => state === "active" && secondFactor === "missing",
  ).length;
  return (
    <section className={styles.list} aria-label={t("title")} aria-busy={!data && !isError}>
      <div className={styles.scroller}>
        {found.length > 0 ? <PeopleTable people={found} chosen={choice.person} onChoose={onChoose} /> : null}
        {data && found.length === 0 ? (
          <div className={styles.notice} role="status">
            <p>{t("nobodyFound")}</p>
          </div>
        ) : null}
        {data?.items.length === 1 && found.length === 1 ? (
          <div className={styles.notice}>
            <p>{t("alone")}</p>
          </div>
        ) : null}
        {!data && isError ? (
          <div className={styles.notice}>
            <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
          </div>
        ) : null}
        {data || isError ? null : <Skeleton />}
      </div>
      {data ? (
        <p className={styles.foot}>
          {missing > 0 ? (
            <span className={styles.missing}>
              <IconFlag3 size={14} stroke={1.6} aria-hidden="true" />{" "}
              {t("factorsMissing", { count: missing })}
            </span>
          ) : null}
          <span>{t("total", { people: found.length, sessions })}</span>
        </p>
      ) : null}
    </section>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true">
      {SKELETON_ROWS.map((row) => (
        <div key={row} className={styles.skeleton} />
      ))}
    </div>
  );
}
