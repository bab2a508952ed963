"use client";
import { UnstyledButton } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Person } from "#server/contracts/api/people.ts";
import { useSession } from "../shell/session.tsx";
import { initials } from "../ui/initials.ts";
import { useWhen } from "../ui/use-when.ts";
import { FactorWords } from "./factor-words.tsx";
import styles from "./people-table.module.css";
import { useRoleWords } from "./use-role-words.ts";

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** Everybody in a row each; on a narrow screen each row is a card. */
export function PeopleTable({ people, chosen, onChoose }: PeopleTableProps) {
  const t = useTranslations("people.columns");
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("name")}</th>
          <th scope="col">{t("role")}</th>
          <th scope="col">{t("secondFactor")}</th>
          <th scope="col">{t("lastSignIn")}</th>
          <th scope="col" className={styles.number}>
            {t("sessions")}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} isChosen={person.id === chosen} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly person: Person;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
}

function Row({ person, isChosen, onChoose }: RowProps) {
  const t = useTranslations("people");
  const roleWords = useRoleWords();
  const { id: ownId } = useSession();
  const lastSignIn = useLastSignIn();
  const { id, name, role, state, sessions } = person;
  return (
    <tr className={styles.row} data-chosen={isChosen || undefined} data-state={state}>
      <td>
        <UnstyledButton
          className={styles.person}
          aria-current={isChosen || undefined}
          onClick={() => onChoose(id)}
        >
          <span className={styles.initials} aria-hidden="true">
            {initials(name)}
          </span>
          <span className={styles.name}>{name}</span>
          {id === ownId ? <span className={styles.quiet}>{t("you")}</span> : null}
        </UnstyledButton>
      </td>
      <td data-label={t("columns.role")}>{roleWords(role)}</td>
      <td data-label={t("columns.secondFactor")}>
        <StateWords person={person} />
      </td>
      <td data-label={t("columns.lastSignIn")} className={styles.quiet}>
        {lastSignIn(person)}
      </td>
      <td data-label={t("columns.sessions")} className={styles.number}>
        {sessions}
      </td>
    </tr>
  );
}

/** The second factor of whoever can come in; else why they cannot. */
function StateWords({ person: { state, link, secondFactor } }: { readonly person: Person }) {
  const t = useTranslations("people");
  if (state === "active" && link && !link.isExpired) {
    return (
      <span className={styles.badge} data-state="link">
        {t("linkWaits")}
      </span>
    );
  }
  if (state === "active") return <FactorWords factor={secondFactor} />;
  return (
    <span className={styles.badge} data-state={state}>
      {t(`states.${state}`)}
    </span>
  );
}

/** What of somebody's coming and going matters in their state. */
function useLastSignIn(): (person: Person) => string {
  const t = useTranslations("people");
  const when = useWhen();
  return ({ state, link, disabledAt, lastSignInAt }) => {
    if (state === "invited") {
      if (!link || link.isExpired) return t("linkExpired");
      return t("linkEnds", { when: when(link.expiresAt) });
    }
    if (state === "disabled" && disabledAt !== null) return t("disabledSince", { when: when(disabledAt) });
    return lastSignInAt === null ? t("never") : when(lastSignInAt);
  };
}
