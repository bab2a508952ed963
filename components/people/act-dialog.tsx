"use client";
import { TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";
import { PERSON_VERBS, type PersonVerbName } from "#server/contracts/person-verbs.ts";
import { useDeviceWords } from "../shell/use-device-words.ts";
import { useIsGuarded } from "../shell/use-four-eyes.ts";
import { useProviderInSentence } from "../shell/use-provider-name.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import { JoinFields } from "./join-fields.tsx";
import styles from "./people.module.css";
import { segmentsIn } from "./prepare-people.ts";
import { type ActCall, type ActName, type ShownLink, usePersonAct } from "./use-person-acts.ts";
import { useRoleWords } from "./use-role-words.ts";

interface ActDialogProps {
  readonly call: ActCall;
  readonly onClose: () => void;
  /** It is done; a link, if it gave one, is to be shown. */
  readonly onDone: (link: ShownLink | null) => void;
}

/** What an act means, and why it is done. */
export function ActDialog({ call, onClose, onDone }: ActDialogProps) {
  const t = useTranslations("people.dialog");
  const roleWords = useRoleWords();
  const deviceWords = useDeviceWords();
  const errorWords = useErrorWords();
  const act = usePersonAct(onDone);
  const nameOf = useProviderInSentence();
  const { name: verb, person, role, session, provider, offered = [] } = call;
  const shell = useTranslations("shell");
  const isWaiting = useIsGuarded("roles") && verb === "role";
  const words = {
    name: person.name,
    role: roleWords(role ?? null),
    device: session ? deviceWords(session) : "",
    provider: provider
      ? nameOf(offered.find(({ id }) => id === provider) ?? { id: provider, name: null })
      : "",
  };
  return (
    <Dialog title={t(`titles.${verb}`, words)} close={t("close")} onClose={onClose} holdsText>
      <div className={styles.dialog}>
        <p>{t(`leads.${verb}`, words)}</p>
        {isWaiting ? <p>{shell("willWait")}</p> : null}
        <DialogForm
          onSubmit={(text) => act.mutate({ call, reason: text("reason"), given: givenIn(call, text) })}
          onCancel={onClose}
          cancel={t("cancel")}
          submit={isWaiting ? shell("propose") : t(`submit.${verb}`)}
          isBusy={act.isPending}
          isDanger={isDanger(verb)}
          problem={act.error ? errorWords(act.error) : null}
        >
          {verb === "scope" ? (
            <TextInput
              name="segments"
              label={t("segments")}
              defaultValue={person.segments.join(", ")}
              maxLength={2000}
              autoComplete="off"
            />
          ) : null}
          {verb === "join" ? <JoinFields offered={offered} /> : null}
          <TextInput
            name="reason"
            label={t("reason")}
            required
            withAsterisk={false}
            pattern=".*\S.*"
            maxLength={500}
            autoComplete="off"
            data-autofocus
          />
        </DialogForm>
      </div>
    </Dialog>
  );
}

const isVerb = (name: ActName): name is PersonVerbName => Object.hasOwn(PERSON_VERBS, name);
const isDanger = (name: ActName): boolean =>
  isVerb(name) ? PERSON_VERBS[name].isDanger : name === "withdraw";

function givenIn(
  { name, role, provider }: ActCall,
  text: (field: string) => string,
): Readonly<Record<string, unknown>> {
  if (name === "role") return { role };
  if (name === "unjoin") return { provider };
  if (name === "join") return { provider: text("provider"), subject: text("subject") };
  return name === "scope" ? { segments: segmentsIn(text("segments")) } : {};
}
