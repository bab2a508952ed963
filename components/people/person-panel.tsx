"use client";
import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { People, Person } from "#server/contracts/api/people.ts";
import { isOfferedTo, type PersonVerbName } from "#server/contracts/person-verbs.ts";
import { useCan } from "../shell/session.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { initials } from "../ui/initials.ts";
import { useDay } from "../ui/use-when.ts";
import { LastChanges } from "./last-changes.tsx";
import table from "./people-table.module.css";
import { PersonFacts } from "./person-facts.tsx";
import styles from "./person-panel.module.css";
import { PersonSessions } from "./person-sessions.tsx";
import type { ActCall, ActName } from "./use-person-acts.ts";

export interface PersonPanelProps {
  readonly person: Person;
  readonly roles: People["roles"];
  /** By which people may sign in. */
  readonly offered: People["providers"];
  /** Asks for what an act needs, and for its reason. */
  readonly onAct: (call: ActCall) => void;
  readonly onClose: () => void;
}

/** One person: what they may, where they are signed in, and what can be done. */
export function PersonPanel({ person, roles, offered, onAct, onClose }: PersonPanelProps) {
  const t = useTranslations("people.panel");
  const canWrite = useCan("people.write");
  const canAudit = useCan("audit.read");
  const act = (name: ActName, more: Partial<ActCall> = {}) => onAct({ name, person, ...more });
  return (
    <section className={styles.panel} aria-label={person.name}>
      <Head person={person} onClose={onClose} />
      <PersonFacts person={person} roles={roles} offered={offered} canWrite={canWrite} onAct={act} />
      {person.state === "invited" ? null : (
        <PersonSessions
          id={person.id}
          canWrite={canWrite}
          onEnd={(session) => act("end-session", { session })}
        />
      )}
      <div className={styles.part}>
        {canWrite ? <Acts person={person} onAct={act} /> : null}
        <p className={styles.quiet}>{t(canWrite ? "asks" : "readOnly")}</p>
      </div>
      {canAudit ? <LastChanges subject={subjectOf(person)} /> : null}
    </section>
  );
}

/** As the audit log names them. */
const subjectOf = ({ id, state }: Person): string => `${state === "invited" ? "invitation" : "person"} ${id}`;

function Head({ person, onClose }: Pick<PersonPanelProps, "person" | "onClose">) {
  const t = useTranslations("people.panel");
  const day = useDay();
  const { name, email, since, state } = person;
  return (
    <header className={styles.head}>
      <span className={table.initials} aria-hidden="true">
        {initials(name)}
      </span>
      <div className={styles.names}>
        <h2>{name}</h2>
        <p>{t(state === "invited" ? "invitedOn" : "since", { email, when: day(since) })}</p>
      </div>
      <IconButton words={t("close")} onPress={onClose}>
        <IconX size={18} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </header>
  );
}

/** Those verbs that have a button of their own; role and scope are changed where they stand. */
const BUTTONS: readonly PersonVerbName[] = ["sign-out", "reset", "reset-second-factor", "disable", "enable"];

function Acts({ person, onAct }: { readonly person: Person; readonly onAct: (name: ActName) => void }) {
  const t = useTranslations("people.verbs");
  const names: readonly ActName[] =
    person.state === "invited"
      ? ["reissue", "withdraw"]
      : BUTTONS.filter((name) => isOfferedTo(name, person));
  const takesAway = (name: ActName) => name === "withdraw" || name === "disable";
  return (
    <div className={styles.acts}>
      {names.map((name) => (
        <Button
          key={name}
          variant="default"
          className={takesAway(name) ? styles.danger : undefined}
          onClick={() => onAct(name)}
        >
          {t(name)}
        </Button>
      ))}
    </div>
  );
}
