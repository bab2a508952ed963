"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { CardPage } from "./card-page.tsx";

interface LinkEndedProps {
  /** unknown: replaced by a newer one, or not copied whole. */
  readonly state: "used" | "expired" | "withdrawn" | "unknown";
  /** Whom to ask; null: it is not known, or no person of this installation. */
  readonly issuer: string | null;
}

/** A one-time link that does not work any more: why, and whom to ask. */
export function LinkEnded({ state, issuer }: LinkEndedProps) {
  const t = useTranslations("shell");
  const ask = state === "used" ? "wasNotYou" : "ask";
  const whom = issuer === null ? t(`link.${ask}Anybody`) : t(`link.${ask}`, { name: issuer });
  return (
    <CardPage title={t(`link.${state}.title`)} lead={`${t(`link.${state}.lead`)} ${whom}`}>
      <Button component="a" href="/sign-in">
        {t("signIn.submit")}
      </Button>
    </CardPage>
  );
}
