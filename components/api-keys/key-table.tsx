"use client";
import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { ApiKey } from "#server/contracts/api/api-keys.ts";
import { plainText } from "../ui/plain-text.ts";
import styles from "./api-keys.module.css";
import { Expires, LastUsed, State } from "./key-cells.tsx";
import { useMaker } from "./use-maker.ts";

/** What somebody is about to do. */
export type KeyAct =
  | { readonly verb: "create" }
  | { readonly verb: "rotate" | "revoke"; readonly key: ApiKey };

interface KeyTableProps {
  readonly items: readonly ApiKey[];
  /** null: the reader may only look. */
  readonly onAct: ((act: KeyAct) => void) | null;
}

const COLUMNS = ["name", "scopes", "lastUsed", "expires", "limit", "state"] as const;

/** Keys as rows; on a narrow screen each is a card. */
export function KeyTable({ items, onAct }: KeyTableProps) {
  const t = useTranslations("apiKeys");
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {t(`columns.${name}`)}
            </th>
          ))}
          {onAct ? <th scope="col" aria-label={t("columns.acts")} /> : null}
        </tr>
      </thead>
      <tbody>
        {items.map((key) => (
          <Row key={key.id} of={key} onAct={onAct} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ of: key, onAct }: { readonly of: ApiKey; readonly onAct: KeyTableProps["onAct"] }) {
  const t = useTranslations("apiKeys");
  const format = useFormatter();
  const maker = useMaker();
  return (
    <tr>
      <td data-label={t("columns.name")}>
        <span className={styles.name}>
          <strong>{plainText(key.name)}</strong>
          <small>
            <code>{key.prefix}…</code> · {maker(key)}
          </small>
        </span>
      </td>
      <td data-label={t("columns.scopes")} className={styles.scopes}>
        {key.scopes.length === 0
          ? t("noScopes")
          : format.list(key.scopes.map((scope) => t(`scopes.${scope}.name`)))}
      </td>
      <td data-label={t("columns.lastUsed")}>
        <LastUsed of={key} />
      </td>
      <td data-label={t("columns.expires")}>
        <Expires of={key} />
      </td>
      <td data-label={t("columns.limit")}>
        {key.perMinute === null ? t("noLimit") : t("perMinute", { count: key.perMinute })}
      </td>
      <td data-label={t("columns.state")}>
        <State of={key} />
      </td>
      {onAct ? (
        <td className={styles.acts}>
          <Acts of={key} onAct={onAct} />
        </td>
      ) : null}
    </tr>
  );
}

function Acts({ of: key, onAct }: { readonly of: ApiKey; readonly onAct: (act: KeyAct) => void }) {
  const t = useTranslations("apiKeys");
  const name = plainText(key.name);
  return (
    <span className={styles.buttons}>
      {key.isRotatable ? (
        <Button
          variant="default"
          aria-label={t("rotate.of", { name })}
          onClick={() => onAct({ verb: "rotate", key })}
        >
          {t("rotate.open")}
        </Button>
      ) : null}
      {key.state === "valid" ? (
        <Button
          variant="default"
          aria-label={t("revoke.of", { name })}
          onClick={() => onAct({ verb: "revoke", key })}
        >
          {t("revoke.open")}
        </Button>
      ) : null}
    </span>
  );
}
