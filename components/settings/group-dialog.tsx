"use client";
import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Setting, Settings, SettingsPatch } from "#server/contracts/api/settings.ts";
import { GUARDED_ACTS } from "#server/contracts/four-eyes.ts";
import { SETTINGS, type SettingGroup, type SettingName } from "#server/contracts/settings.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import { changesIn, TAKE_AWAY } from "./prepare-changes.ts";
import styles from "./settings.module.css";
import { useSettingsChange } from "./use-settings.ts";
import { actsIn, useValueWords } from "./use-value-words.ts";

interface GroupDialogProps {
  readonly group: SettingGroup;
  /** As they stood when the dialog was opened. */
  readonly settings: Settings;
  readonly onClose: () => void;
}

/** Changes settings that belong together, with a reason; what the environment sets is shown and stays. */
export function GroupDialog({ group, settings: current, onClose }: GroupDialogProps) {
  // What somebody changes meanwhile is not overwritten unseen.
  const [settings] = useState(current);
  const t = useTranslations("settings");
  const errorWords = useErrorWords();
  const change = useSettingsChange(onClose);
  const items = settings.items.filter(({ name }) => SETTINGS[name].group === group);
  const isSecretSet = items.some(
    ({ name, origin }) => SETTINGS[name].form === "secret" && origin === "settings",
  );
  // The server names what is wrong by its variable, as the command line does; here it has a label.
  const inLabels = (words: string) =>
    items.reduce((told, { name }) => told.replaceAll(name, t(`names.${name}`)), words);
  const submit = (text: (field: string) => string) => {
    const changes: SettingsPatch["changes"] = changesIn(items, text);
    change.mutate({ version: settings.version, body: { changes, reason: text("reason") } });
  };
  return (
    <Dialog title={t(`groups.${group}.title`)} close={t("close")} onClose={onClose} holdsText>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        cancel={t("cancel")}
        submit={t("save")}
        isBusy={change.isPending}
        problem={change.error ? inLabels(errorWords(change.error)) : null}
      >
        {items.map((setting) => (
          <Field key={setting.name} setting={setting} />
        ))}
        {isSecretSet ? <Checkbox name={TAKE_AWAY} label={t("takeAway")} /> : null}
        <TextInput
          name="reason"
          label={t("reason")}
          required
          withAsterisk={false}
          pattern=".*\S.*"
          maxLength={500}
          autoComplete="off"
        />
      </DialogForm>
    </Dialog>
  );
}

const isHinted = (name: SettingName): name is "NOTIFY_WEBHOOK_URL" | "NOTIFY_WEBHOOK_SECRET" =>
  name === "NOTIFY_WEBHOOK_URL" || name === "NOTIFY_WEBHOOK_SECRET";

function Field({ setting }: { readonly setting: Setting }) {
  const t = useTranslations("settings");
  const words = useValueWords();
  const { name, value, origin, usual } = setting;
  const label = t(`names.${name}`);
  if (origin === "environment") {
    return (
      <TextInput
        label={label}
        value={words(setting)}
        description={t("byEnvironment", { name })}
        disabled
        readOnly
      />
    );
  }
  const usually = usual === null || usual === "" ? t("usualNothing") : t("usual", { value: usual });
  const common = {
    name,
    label,
    autoComplete: "off",
    defaultValue: value ?? "",
    description: usually,
  } as const;
  switch (SETTINGS[name].form) {
    case "whole":
      return <TextInput {...common} inputMode="numeric" pattern="[0-9]*" />;
    case "duration":
      return <TextInput {...common} description={`${t("durationForm")} ${usually}`} />;
    case "line":
      return <TextInput {...common} description={`${t("calendarForm")} ${usually}`} />;
    case "lines":
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={12}
          description={name === "HOLIDAYS" ? t("daysForm") : usually}
        />
      );
    case "secret":
      return (
        <TextInput
          {...common}
          description={isHinted(name) ? t(`secretForms.${name}`) : undefined}
          placeholder={origin === "settings" ? t("unchanged") : ""}
        />
      );
    case "choices":
      return (
        <fieldset className={styles.choices}>
          <legend>{label}</legend>
          {GUARDED_ACTS.map((act) => (
            <Checkbox
              key={act}
              name={`${name}.${act}`}
              label={t(`acts.${act}`)}
              defaultChecked={actsIn(value).includes(act)}
            />
          ))}
        </fieldset>
      );
  }
}
