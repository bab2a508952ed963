"use client";
import { useTranslations } from "use-intl";
import type { OwnAccount } from "#server/contracts/api/me.ts";
import { useSession } from "../shell/session.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import styles from "./account.module.css";
import { FactorPanel } from "./factor-panel.tsx";
import { LookPanel } from "./look-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { PersonPanel } from "./person-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { ToldPanel } from "./told-panel.tsx";
import { useOwnAccount } from "./use-own-account.ts";
import { WaysInPanel } from "./ways-in-panel.tsx";

/** /me: what belongs to whoever is signed in. */
export function AccountPage() {
  const t = useTranslations("account");
  const { data, isError, refetch } = useOwnAccount();
  return (
    <PageFrame title={t("title")} ownDay isStill>
      {data ? <Panels account={data} /> : null}
      {isError && !data ? (
        <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
      ) : null}
      {data || isError ? null : <div className={styles.skeleton} data-skeleton="" aria-hidden="true" />}
    </PageFrame>
  );
}

function Panels({ account }: { readonly account: OwnAccount }) {
  const { hasPassword, providers } = useSession().waysIn;
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <PersonPanel account={account} />
        {providers.length > 0 ? <WaysInPanel /> : null}
        {hasPassword ? <PasswordPanel /> : null}
        <LookPanel />
      </div>
      <div className={styles.column}>
        <FactorPanel factor={account.secondFactor} />
        <SessionsPanel sessions={account.sessions} />
        <ToldPanel account={account} />
      </div>
    </div>
  );
}
