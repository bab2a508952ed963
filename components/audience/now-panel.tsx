"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { AudienceNow } from "#server/contracts/api/audience.ts";
import { useFreshness } from "../live/freshness-badge.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { Glow } from "../ui/glow.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { Panel } from "../ui/panel.tsx";
import { useOrigin } from "../ui/use-origin.ts";
import styles from "./now-panel.module.css";
import { PageTable } from "./page-table.tsx";
import { TypeBars } from "./type-bars.tsx";
import { useAudienceNow } from "./use-audience-now.ts";

const WINDOW_MINUTES = 15;

/** Where people are now, by page type and page. */
export function NowPanel() {
  const t = useTranslations("audience.now");
  const { data, isError, refetch } = useAudienceNow();
  const { isStale } = useFreshness();
  return (
    <Panel
      stale={isStale}
      title={t("title")}
      note={t("window", { minutes: data?.windowMinutes ?? WINDOW_MINUTES })}
    >
      <div className={styles.body}>
        {data ? <Now now={data} /> : null}
        {!data && isError ? (
          <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
        ) : null}
        {data || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
      </div>
    </Panel>
  );
}

function Now({ now }: { readonly now: AudienceNow }) {
  const t = useTranslations("audience.now");
  const format = useFormatter();
  if (now.accounts === 0) return <Empty minutes={now.windowMinutes} />;
  const [first] = now.movement;
  return (
    <>
      <div className={styles.head}>
        <div>
          <div className={styles.label}>{t("accounts")}</div>
          <div className={styles.figure}>
            <Glow value={format.number(now.accounts)} />
          </div>
        </div>
        {first && now.movement.length > 1 ? (
          <span className={styles.label}>
            {t("since", {
              time: format.dateTime(new Date(first.at), {
                hour: "2-digit",
                minute: "2-digit",
                hourCycle: "h23",
              }),
            })}
          </span>
        ) : null}
      </div>
      <TypeBars now={now} />
      <PageTable pages={now.byPage} />
    </>
  );
}

function Empty({ minutes }: { readonly minutes: number }) {
  const t = useTranslations("audience.now");
  const api = useTranslations("audience.api");
  const origin = useOrigin();
  return (
    <div className={styles.empty}>
      <p>{t("empty", { minutes })}</p>
      <p>{t("emptyHint")}</p>
      <CommandLine command={sendPageView(origin)} copy={api("copy")} copied={api("copied")} />
    </div>
  );
}

const sendPageView = (origin: string): string =>
  `curl -X POST ${origin}/ingest/page-views \\
  -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/x-ndjson" \\
  -d "{\\"log_time\\":$(date +%s),\\"account_id\\":\\"100200\\",\\"device_id\\":\\"d1\\",\\"bury_point_type\\":\\"home\\",\\"page_name\\":\\"Home\\"}"`;
