"use client";
import { Select } from "@mantine/core";
import { useTranslations } from "use-intl";
import { CASE_SORTS } from "#server/contracts/cases.ts";
import { useSession } from "../shell/session.tsx";
import { SearchField } from "../ui/search-field.tsx";
import styles from "./retention-page.module.css";
import { digitsOf, OWNERS, useDeskChoice } from "./use-desk-choice.ts";
import { useOwners } from "./use-owners.ts";

/** Search, owner and order of the queue. */
export function DeskTools() {
  const t = useTranslations("retention");
  const [choice, setChoice] = useDeskChoice();
  return (
    <>
      <SearchField
        value={choice.find}
        words={t("find")}
        title={t("title")}
        clean={digitsOf}
        inputMode="numeric"
        onSearch={(find) => void setChoice({ find: find || null, case: null })}
      />
      <OwnerSelect />
      <Select
        className={styles.tool}
        aria-label={t("sort")}
        allowDeselect={false}
        value={choice.sort}
        data={CASE_SORTS.map((sort) => ({ value: sort, label: `${t("sort")}: ${t(`sorts.${sort}`)}` }))}
        onChange={(sort) => void setChoice({ sort: CASE_SORTS.find((each) => each === sort) ?? null })}
      />
    </>
  );
}

function OwnerSelect() {
  const t = useTranslations("retention");
  const { id: myId } = useSession();
  const [{ owner }, setChoice] = useDeskChoice();
  const { data = [] } = useOwners();
  const others = data.filter(({ id }) => id !== myId);
  const named = (value: string, name: string) => ({ value, label: `${t("owner")}: ${name}` });
  return (
    <Select
      className={styles.tool}
      aria-label={t("owner")}
      allowDeselect={false}
      value={owner}
      data={[
        ...OWNERS.map((each) => named(each, t(`owners.${each}`))),
        ...others.map(({ id, name }) => named(id, name)),
      ]}
      onChange={(value) => void setChoice({ owner: value, case: null })}
    />
  );
}
