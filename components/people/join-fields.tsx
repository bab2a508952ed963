"use client";
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { LONGEST_SUBJECT, type OfferedProvider } from "#server/contracts/single-sign-on.ts";
import { useProviderName } from "../shell/use-provider-name.ts";

/** By which provider somebody signs in, and under which id it knows them. */
export function JoinFields({ offered }: { readonly offered: readonly OfferedProvider[] }) {
  const t = useTranslations("people.dialog");
  const nameOf = useProviderName();
  const [provider, setProvider] = useState(offered[0]?.id);
  return (
    <>
      <Select
        name="provider"
        label={t("provider")}
        allowDeselect={false}
        value={provider ?? null}
        data={offered.map((each) => ({ value: each.id, label: nameOf(each) }))}
        onChange={(value) => setProvider(value ?? provider)}
      />
      <TextInput
        name="subject"
        label={provider ? t(`subjects.${provider}`) : ""}
        required
        withAsterisk={false}
        pattern=".*\S.*"
        maxLength={LONGEST_SUBJECT}
        autoComplete="off"
      />
    </>
  );
}
