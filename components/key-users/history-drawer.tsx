"use client";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser, KeyUserChange } from "#server/contracts/api/key-users.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { plainText } from "../ui/plain-text.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { useMinute } from "../ui/use-minute.ts";
import { useMoney } from "../ui/use-money.ts";
import { type ContactMove, contactMoves } from "./contact-moves.ts";
import styles from "./history-drawer.module.css";
import { canRevert, Revert } from "./revert.tsx";
import { useHistory } from "./use-history.ts";
import type { RowWrite } from "./use-key-user-writes.tsx";

export interface HistoryDrawerProps {
  /** null: closed. */
  readonly user: KeyUser | null;
  readonly canWrite: boolean;
  readonly isBusy: boolean;
  readonly onWrite: (write: RowWrite) => void;
  readonly onClose: () => void;
}

/** What became of a row, and the two actions that concern it as a whole. */
export function HistoryDrawer({ user, canWrite, isBusy, onWrite, onClose }: HistoryDrawerProps) {
  const t = useTranslations("keyUsers.history");
  return (
    <SidePanel
      isOpen={user !== null}
      title={user ? t("title", { user: user.userId }) : ""}
      close={t("close")}
      onClose={onClose}
    >
      {user ? (
        <>
          <div className={styles.actions}>
            {canWrite ? (
              <Button
                variant="default"
                disabled={isBusy}
                onClick={() => onWrite({ kind: user.removedAt === null ? "remove" : "restore", user })}
              >
                {user.removedAt === null ? t("remove") : t("restore")}
              </Button>
            ) : null}
            {user.openCaseId === null ? null : (
              <Button variant="default" component="a" href={`/retention/${user.openCaseId}`}>
                {t("case")}
              </Button>
            )}
          </div>
          <Changes user={user} onWrite={canWrite && user.removedAt === null ? onWrite : null} />
        </>
      ) : null}
    </SidePanel>
  );
}

interface ChangesProps {
  readonly user: KeyUser;
  /** null: nothing can be reverted. */
  readonly onWrite: HistoryDrawerProps["onWrite"] | null;
}

function Changes({ user, onWrite }: ChangesProps) {
  const t = useTranslations("keyUsers");
  const { data, isError, refetch } = useHistory(user.userId, user.version);
  if (isError && !data) {
    return <LoadFailed message={t("history.failed")} retry={t("retry")} onRetry={() => void refetch()} />;
  }
  if (!data) return <div className={styles.skeleton} aria-hidden="true" />;
  if (data.items.length === 0) return <p className={styles.quiet}>{t("history.none")}</p>;
  return (
    <ol className={styles.changes}>
      {data.items.map((change) => (
        <Change key={change.id} change={change}>
          {onWrite && canRevert(change, user) ? (
            <Revert user={user} change={change} onWrite={onWrite} />
          ) : null}
        </Change>
      ))}
    </ol>
  );
}

function Change({ change, children }: { readonly change: KeyUserChange; readonly children: ReactNode }) {
  const t = useTranslations("keyUsers.history");
  const money = useMoney();
  const minute = useMinute();
  const amounts = [change.premiumBefore, change.premiumAfter]
    .filter((amount) => amount !== null)
    .map((amount) => money(amount));
  const covers = [change.infoBefore, change.infoAfter].filter((cover) => cover !== null);
  return (
    <li className={styles.change}>
      <div className={styles.line}>
        <strong>{t(`sources.${change.source}`)}</strong>
        {change.actor === null ? null : <span>{t("by", { who: change.actor })}</span>}
        <time dateTime={change.at}>{minute(change.at)}</time>
      </div>
      {amounts.length > 0 ? <div>{[...new Set(amounts)].join(" → ")}</div> : null}
      {covers.length > 0 ? (
        <div className={styles.quiet}>{plainText([...new Set(covers)].join(" → "))}</div>
      ) : null}
      {change.segmentBefore === change.segmentAfter ? null : (
        <div className={styles.quiet}>
          {t("segment", {
            before: plainText(change.segmentBefore ?? "—"),
            after: plainText(change.segmentAfter ?? "—"),
          })}
        </div>
      )}
      {contactMoves(change).map((move) => (
        <div key={move.field} className={styles.quiet}>
          <ContactMoved move={move} />
        </div>
      ))}
      {change.effectiveAt === null ? null : (
        <div className={styles.quiet}>{t("since", { when: minute(change.effectiveAt) })}</div>
      )}
      {change.reason === null ? null : <div className={styles.quiet}>{plainText(change.reason)}</div>}
      {children}
    </li>
  );
}

/** That a name or a telephone changed, as far as masks can tell. */
function ContactMoved({ move: { field, before, after } }: { readonly move: ContactMove }) {
  const t = useTranslations("keyUsers.history");
  const words = (mask: string | null) => plainText(mask ?? "—");
  const change = t("contact", { field, before: words(before), after: words(after) });
  return before === after ? t("sameMask", { change }) : change;
}
