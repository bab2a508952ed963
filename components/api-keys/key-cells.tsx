"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { ApiKey } from "#server/contracts/api/api-keys.ts";
import { useAge } from "../ui/use-age.ts";
import { useMoment } from "../ui/use-moment.ts";
import { useNow } from "../ui/use-now.ts";
import styles from "./api-keys.module.css";
import { prepareExpiry } from "./prepare-expiry.ts";

const EACH_MS = 10_000;

/** How long ago a key was used, and from which address. */
export function LastUsed({ of: { lastUsedAt, lastUsedFrom } }: { readonly of: ApiKey }) {
  const t = useTranslations("apiKeys");
  const now = useNow(EACH_MS);
  const age = useAge();
  const moment = useMoment();
  if (lastUsedAt === null) return <span className={styles.quiet}>{t("neverUsed")}</span>;
  const at = moment(lastUsedAt);
  const words = now === null ? at : t("ago", { age: age((now - Date.parse(lastUsedAt)) / 1_000) });
  return (
    <time dateTime={lastUsedAt} title={at}>
      {lastUsedFrom === null ? words : t("from", { when: words, address: lastUsedFrom })}
    </time>
  );
}

/** Until when a key is good: in words and colour when somebody should act. */
export function Expires({ of: { expiresAt, state } }: { readonly of: ApiKey }) {
  const t = useTranslations("apiKeys");
  const now = useNow(EACH_MS);
  const age = useAge();
  const format = useFormatter();
  const expiry = prepareExpiry(expiresAt, now);
  if (expiresAt === null || expiry.kind === "never") return <span>{t("never")}</span>;
  const day = format.dateTime(new Date(expiresAt), { year: "numeric", month: "2-digit", day: "2-digit" });
  // Of a revoked key it does not matter any more.
  if (state === "revoked") return <span className={styles.quiet}>{day}</span>;
  return (
    <span className={styles.expiry} data-expiry={expiry.kind}>
      {expiry.kind === "soon" ? t("soon", { day, left: age(expiry.seconds) }) : null}
      {expiry.kind === "over" ? t("over", { day }) : null}
      {expiry.kind === "later" ? day : null}
    </span>
  );
}

/** What a key is good for now; of a rotated one that another takes its place. */
export function State({ of: key }: { readonly of: ApiKey }) {
  const t = useTranslations("apiKeys");
  const moment = useMoment();
  const state = key.state === "valid" && key.rotatedTo !== null ? "replaced" : key.state;
  return (
    <span
      className={styles.badge}
      data-state={state}
      title={key.revokedAt === null ? undefined : moment(key.revokedAt)}
    >
      {t(`states.${state}`)}
    </span>
  );
}
