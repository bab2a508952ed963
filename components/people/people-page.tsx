"use client";
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AdminFrame } from "../shell/admin-frame.tsx";
import { useCan } from "../shell/session.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import styles from "./people.module.css";
import { PeoplePanel } from "./people-panel.tsx";
import { PeopleTools } from "./people-tools.tsx";
import { PersonPanel } from "./person-panel.tsx";
import { usePeople } from "./use-people.ts";
import { usePeopleChoice } from "./use-people-choice.ts";
import type { ActCall, ShownLink } from "./use-person-acts.ts";

const ActDialog = onDemand(() => import("./act-dialog.tsx").then((module) => module.ActDialog));
const InviteDialog = onDemand(() => import("./invite-dialog.tsx").then((module) => module.InviteDialog));
const LinkDialog = onDemand(() => import("./link-dialog.tsx").then((module) => module.LinkDialog));

/** List and person one after the other. */
const NARROW = "(max-width: 900px)";

/** What stands over the page: one thing at a time. */
type Over =
  | { readonly kind: "invite" }
  | { readonly kind: "act"; readonly call: ActCall }
  | { readonly kind: "link"; readonly shown: ShownLink };

/** /admin/people: who may come in. */
export function PeoplePage() {
  const t = useTranslations("people");
  const canWrite = useCan("people.write");
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const [choice, setChoice] = usePeopleChoice();
  const query = usePeople();
  const [over, setOver] = useState<Over | null>(null);
  const chosen = query.data?.items.find(({ id }) => id === choice.person);
  const close = () => setOver(null);
  const show = (shown: ShownLink | null) => setOver(shown && { kind: "link", shown });
  return (
    <AdminFrame>
      <div className={styles.tools} data-hidden={chosen ? true : undefined}>
        <PeopleTools people={query.data} />
        {canWrite ? (
          <Button
            className={styles.invite}
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            disabled={!query.data}
            onClick={() => setOver({ kind: "invite" })}
          >
            {t("inviteSomeone")}
          </Button>
        ) : null}
      </div>
      <div className={styles.page} data-open={chosen ? true : undefined}>
        {isNarrow && chosen ? null : (
          <PeoplePanel
            query={query}
            choice={choice}
            onChoose={(person) => void setChoice({ person }, { history: isNarrow ? "push" : "replace" })}
          />
        )}
        {chosen && query.data ? (
          <PersonPanel
            key={chosen.id}
            person={chosen}
            roles={query.data.roles}
            offered={query.data.providers}
            onAct={(call) => setOver({ kind: "act", call })}
            onClose={() => void setChoice({ person: null })}
          />
        ) : null}
      </div>
      {over?.kind === "invite" && query.data ? (
        <InviteDialog roles={query.data.roles} onClose={close} onDone={show} />
      ) : null}
      {over?.kind === "act" ? <ActDialog call={over.call} onClose={close} onDone={show} /> : null}
      {over?.kind === "link" ? <LinkDialog shown={over.shown} onClose={close} /> : null}
    </AdminFrame>
  );
}
