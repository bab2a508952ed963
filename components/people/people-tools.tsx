"use client";
import { useTranslations } from "use-intl";
import type { People } from "#server/contracts/api/people.ts";
import { SearchField } from "../ui/search-field.tsx";
import { Segments } from "../ui/segments.tsx";
import { countsByRole } from "./prepare-people.ts";
import { usePeopleChoice } from "./use-people-choice.ts";
import { useRoleWords } from "./use-role-words.ts";

/** Search, and the roles with their counts. */
export function PeopleTools({ people }: { readonly people: People | undefined }) {
  const t = useTranslations("people");
  const roleWords = useRoleWords();
  const [choice, setChoice] = usePeopleChoice();
  const roles = people ? countsByRole(people) : [];
  return (
    <>
      <SearchField
        value={choice.find}
        words={t("search")}
        title={t("title")}
        onSearch={(find) => void setChoice({ find: find || null })}
      />
      <Segments
        label={t("filter")}
        value={choice.role}
        isDisabled={!people}
        data={[
          { value: "", label: t("all", { count: people?.items.length ?? 0 }) },
          ...roles.map(({ role, count }) => ({
            value: role,
            label: t("ofRole", { role: roleWords(role), count }),
          })),
        ]}
        onChange={(role) => void setChoice({ role: role || null })}
      />
    </>
  );
}
