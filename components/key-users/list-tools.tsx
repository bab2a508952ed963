"use client";
import { Button, Select } from "@mantine/core";
import { IconSortAscending, IconSortDescending } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { KEY_USER_SORTS } from "#server/contracts/list-form.ts";
import { SearchField } from "../ui/search-field.tsx";
import { ListFilters } from "./list-filters.tsx";
import styles from "./list-tools.module.css";
import { directionOf, turned } from "./prepare-list.ts";
import { STATUSES, useListChoice } from "./use-list-choice.ts";

/** Search, status and order of the list. */
export function ListTools({ total }: { readonly total: number | null }) {
  const t = useTranslations("keyUsers");
  const format = useFormatter();
  const [choice, setChoice] = useListChoice();
  const direction = directionOf(choice);
  const Arrow = direction === "asc" ? IconSortAscending : IconSortDescending;
  const countOf = (status: string) =>
    status === choice.status && total !== null ? ` ${format.number(total)}` : "";
  return (
    <div className={styles.tools}>
      <SearchField
        value={choice.search}
        words={t("search")}
        title={t("title")}
        onSearch={(search) => void setChoice({ search: search || null })}
      />
      <Select
        className={styles.tool}
        aria-label={t("status.label")}
        allowDeselect={false}
        value={choice.status}
        data={STATUSES.map((value) => ({
          value,
          label: `${t("status.label")}: ${t(`status.${value}`)}${countOf(value)}`,
        }))}
        onChange={(status) => void setChoice({ status: STATUSES.find((each) => each === status) ?? null })}
      />
      <Select
        className={styles.tool}
        aria-label={t("sort.label")}
        allowDeselect={false}
        value={choice.sort}
        data={KEY_USER_SORTS.map((value) => ({ value, label: `${t("sort.label")}: ${t(`sort.${value}`)}` }))}
        onChange={(sort) =>
          void setChoice({ sort: KEY_USER_SORTS.find((each) => each === sort) ?? null, direction: null })
        }
      />
      <Button
        variant="default"
        px="xs"
        aria-label={t(`turn.${direction}`)}
        title={t(`turn.${direction}`)}
        onClick={() => void setChoice(turned(choice))}
      >
        <Arrow size={16} aria-hidden="true" />
      </Button>
      <ListFilters />
    </div>
  );
}
