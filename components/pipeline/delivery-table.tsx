"use client";
import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { Delivery } from "#server/contracts/api/deliveries.ts";
import { useCan } from "../shell/session.tsx";
import { useMoment } from "../ui/use-moment.ts";
import table from "./dead-letter-table.module.css";
import styles from "./deliveries-panel.module.css";
import type { pipelineEn } from "./messages/en.ts";
import { useSendAgain } from "./use-deliveries.ts";

/** Deliveries, newest first; on a narrow screen each row is a card. */
export function DeliveryTable({ items }: { readonly items: readonly Delivery[] }) {
  const t = useTranslations("pipeline.deliveries");
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t("at")}</th>
          <th scope="col">{t("kind")}</th>
          <th scope="col">{t("customer")}</th>
          <th scope="col">{t("channel")}</th>
          <th scope="col" className={table.number}>
            {t("attempts")}
          </th>
          <th scope="col">{t("state")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

/** A test holds the words to the channels that there are. */
type ChannelName = keyof (typeof pipelineEn)["deliveries"]["channels"];

function Row({ item }: { readonly item: Delivery }) {
  const t = useTranslations("pipeline.deliveries");
  const channels = useTranslations("pipeline.deliveries.channels");
  const format = useFormatter();
  const moment = useMoment();
  const canSend = useCan("deliveries.send-again");
  const again = useSendAgain();
  return (
    <tr>
      <td data-label={t("at")}>{moment(item.createdAt)}</td>
      <td data-label={t("kind")}>{t(`kinds.${item.kind}`)}</td>
      <td data-label={t("customer")}>{item.userId ?? "–"}</td>
      <td data-label={t("channel")}>
        {channels(item.channel as ChannelName)}
        {item.person === null ? "" : ` · ${t("to", { name: item.person.name })}`}
      </td>
      <td data-label={t("attempts")} className={table.number}>
        {format.number(item.attempts)}
      </td>
      <td data-label={t("state")}>
        <span className={item.state === "dead" ? styles.dead : undefined}>
          {item.state === "dead" ? "■ " : ""}
          {t(`states.${item.state}`)}
          {item.lastError === null ? "" : ` · ${item.lastError}`}
        </span>{" "}
        {item.state === "dead" && canSend ? (
          <Button
            variant="default"
            loading={again.isPending}
            aria-label={
              item.userId === null
                ? t("againTo", { kind: t(`kinds.${item.kind}`), when: moment(item.createdAt) })
                : t("againOf", { user: item.userId })
            }
            onClick={() => again.mutate(item.id)}
          >
            {t("again")}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
