"use client";
import { Button, Kbd } from "@mantine/core";
import { useTranslations } from "use-intl";
import { AdminFrame } from "../shell/admin-frame.tsx";
import { isFinal } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./audit.module.css";
import { AuditTable } from "./audit-table.tsx";
import { AuditTools } from "./audit-tools.tsx";
import { isNarrowed } from "./prepare-audit.ts";
import { useAudit } from "./use-audit.ts";
import { useAuditChoice } from "./use-audit-choice.ts";
import { useAuditKeys } from "./use-audit-keys.ts";

/** /admin/audit: who did what, to what, why and from where. */
export function AuditPage() {
  const { choice } = useAuditChoice();
  const query = useAudit(choice);
  useAuditKeys();
  return (
    <AdminFrame>
      <AuditTools total={query.data?.pages[0]?.total ?? null} />
      <section className={styles.panel} aria-busy={query.isPlaceholderData || undefined}>
        <Body query={query} />
      </section>
    </AdminFrame>
  );
}

type Query = ReturnType<typeof useAudit>;

function Body({ query }: { readonly query: Query }) {
  const t = useTranslations("audit");
  const errorWords = useErrorWords();
  const { choice, entry, openEntry } = useAuditChoice();
  const items = query.data?.pages.flatMap((page) => page.items);
  if (!items) {
    return query.isError ? (
      <div className={styles.notice}>
        <LoadFailed
          message={isFinal(query.error) ? errorWords(query.error) : t("failed")}
          retry={t("retry")}
          onRetry={() => void query.refetch()}
        />
      </div>
    ) : (
      <div className={styles.skeleton} data-skeleton="" aria-hidden="true" />
    );
  }
  if (items.length === 0) {
    return (
      <p className={styles.notice} role="status">
        {t(isNarrowed(choice) ? "none" : "empty")}
      </p>
    );
  }
  return (
    <>
      <AuditTable items={items} open={entry} onOpen={openEntry} />
      <Foot query={query} shown={items.length} />
    </>
  );
}

/** How much of the log is shown, the keys, and the way to older entries. */
function Foot({ query, shown }: { readonly query: Query; readonly shown: number }) {
  const t = useTranslations("audit");
  return (
    <footer className={styles.foot}>
      <span>{t("shown", { shown, total: query.data?.pages[0]?.total ?? shown })}</span>
      <span className={styles.hints} aria-hidden="true">
        <Kbd>j</Kbd> <Kbd>k</Kbd> {t("hints.move")} <Kbd>enter</Kbd> {t("hints.open")}
      </span>
      {query.hasNextPage ? (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("older")}
        </Button>
      ) : null}
    </footer>
  );
}
