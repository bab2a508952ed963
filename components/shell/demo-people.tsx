"use client";
import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { Role } from "#server/contracts/roles.ts";
import styles from "./card-page.module.css";
import { NAV_ITEMS } from "./nav-items.ts";

/** Somebody to sign in as with one click: in a demo only. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
}

const HOME_OF = {
  operations: "orders",
  manager: "retention",
  administrator: "key-users",
  auditor: "admin",
} as const;

export function DemoPeople({
  people,
  disabled,
  onChoose,
}: {
  readonly people: readonly DemoPerson[];
  readonly disabled: boolean;
  readonly onChoose: (person: DemoPerson) => void;
}) {
  const t = useTranslations("shell");
  return (
    <section className={styles.demo} aria-label={t("signIn.demo")}>
      <p className={styles.hint}>{t("signIn.demo")}</p>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.email}>
            <UnstyledButton className={styles.person} disabled={disabled} onClick={() => onChoose(person)}>
              <PlaceIcon role={person.role} />
              <span>
                <span className={styles.role}>{t(`roles.${person.role}`)}</span>{" "}
                <span className={styles.name}>{person.name}</span>
              </span>
              <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The screen where this role lands. */
function PlaceIcon({ role }: { readonly role: DemoPerson["role"] }) {
  const Icon = NAV_ITEMS.find((item) => item.name === HOME_OF[role])?.Icon;
  return Icon ? <Icon size={20} stroke={1.6} aria-hidden="true" /> : null;
}
