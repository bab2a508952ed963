"use client";
import { Select, UnstyledButton } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { People, Person } from "#server/contracts/api/people.ts";
import { isOfferedOn } from "#server/contracts/person-verbs.ts";
import { navItemsFor } from "../shell/nav-items.ts";
import { useProviderName } from "../shell/use-provider-name.ts";
import { useDay } from "../ui/use-when.ts";
import { FactorWords } from "./factor-words.tsx";
import styles from "./person-panel.module.css";
import type { ActCall, ActName } from "./use-person-acts.ts";
import { useRoleWords } from "./use-role-words.ts";

interface PersonFactsProps {
  readonly person: Person;
  readonly roles: People["roles"];
  /** By which people may sign in. */
  readonly offered: People["providers"];
  readonly canWrite: boolean;
  readonly onAct: (name: ActName, more?: Partial<ActCall>) => void;
}

/** Role, and what it lets a person see. */
export function PersonFacts({ person, roles, offered, canWrite, onAct }: PersonFactsProps) {
  const t = useTranslations("people.panel");
  const roleWords = useRoleWords();
  const seesOf = useSees();
  const { role, username } = person;
  const rights = roles.find((each) => each.role === role)?.can ?? [];
  return (
    <div className={styles.part}>
      <dl className={styles.facts}>
        <dt>{t("role")}</dt>
        <dd>
          {canWrite && isOfferedOn("role", person.state) ? (
            <Select
              aria-label={t("role")}
              allowDeselect={false}
              value={role}
              data={roles.map((each) => ({ value: each.role, label: roleWords(each.role) }))}
              onChange={(next) =>
                next !== null && next !== role ? onAct("role", { role: next }) : undefined
              }
            />
          ) : (
            roleWords(role)
          )}
        </dd>
        <dt>{t("sees")}</dt>
        <dd>{seesOf(rights)}</dd>
        <Customers person={person} rights={rights} canWrite={canWrite} onAct={onAct} />
        <dt>{t("personal")}</dt>
        <dd>{personalWords(rights, t)}</dd>
        {person.state === "invited" ? null : (
          <>
            <WaysIn person={person} offered={offered} canWrite={canWrite} onAct={onAct} />
            <Factor person={person} />
          </>
        )}
        {username === null ? null : (
          <>
            <dt>{t("username")}</dt>
            <dd>{username}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** By what somebody signs in: a password, providers. */
function WaysIn({
  person,
  offered,
  canWrite,
  onAct,
}: Pick<PersonFactsProps, "person" | "offered" | "canWrite" | "onAct">) {
  const t = useTranslations("people.panel");
  const nameOf = useProviderName();
  const { providers, hasPassword } = person;
  if (offered.length === 0 && providers.length === 0) return null;
  const open = offered.filter(({ id }) => !providers.includes(id));
  const nothing = !hasPassword && providers.length === 0;
  return (
    <>
      <dt>{t("waysIn")}</dt>
      <dd className={styles.ways}>
        {hasPassword ? <span>{t("password")}</span> : null}
        {nothing ? <span>{t("noWay")}</span> : null}
        {providers.map((id) => (
          <span key={id}>
            {nameOf(offered.find((each) => each.id === id) ?? { id, name: null })}
            {canWrite ? (
              <UnstyledButton
                className={styles.change}
                onClick={() => onAct("unjoin", { provider: id, offered })}
              >
                {t("unjoin")}
              </UnstyledButton>
            ) : null}
          </span>
        ))}
        {canWrite && open.length > 0 ? (
          <UnstyledButton className={styles.change} onClick={() => onAct("join", { offered: open })}>
            {t("join")}
          </UnstyledButton>
        ) : null}
      </dd>
    </>
  );
}

function Factor({ person: { secondFactor, secondFactorSince } }: Pick<PersonFactsProps, "person">) {
  const t = useTranslations("people.panel");
  const day = useDay();
  return (
    <>
      <dt>{t("secondFactor")}</dt>
      <dd>
        <FactorWords factor={secondFactor} />
        {secondFactorSince === null ? null : t("factorSince", { when: day(secondFactorSince) })}
      </dd>
    </>
  );
}

interface CustomersProps extends Pick<PersonFactsProps, "person" | "canWrite" | "onAct"> {
  readonly rights: readonly string[];
}

/** Whose customers they see. */
function Customers({ person, rights, canWrite, onAct }: CustomersProps) {
  const t = useTranslations("people.panel");
  if (!rights.includes("retention.read")) return null;
  const { role, segments, state } = person;
  const isOffered = canWrite && role === "manager" && isOfferedOn("scope", state);
  return (
    <>
      <dt>{t("customers")}</dt>
      <dd>
        {segments.length === 0 ? t("everyCustomer") : segments.join(", ")}
        {isOffered ? (
          <UnstyledButton className={styles.change} onClick={() => onAct("scope")}>
            {t("changeScope")}
          </UnstyledButton>
        ) : null}
      </dd>
    </>
  );
}

function personalWords(
  rights: readonly string[],
  t: (key: "masked" | "reveals" | "noCustomers") => string,
): string {
  if (rights.includes("personal.reveal")) return t("reveals");
  return t(rights.includes("retention.read") ? "masked" : "noCustomers");
}

/** The screens that rights open, as the rail calls them. */
function useSees(): (rights: readonly string[]) => string {
  const t = useTranslations();
  return (rights) => {
    const screens = navItemsFor(rights);
    return screens.map(({ words }) => t(`${words}.nav`)).join(t("people.comma")) || t("people.nothing");
  };
}
