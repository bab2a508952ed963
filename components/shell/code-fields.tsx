"use client";
import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CardForm } from "./card-form.tsx";
import type { GivenCode, SignInFailure } from "./sign-in.ts";

interface CodeFieldsProps {
  readonly busy: boolean;
  readonly failure: SignInFailure | null;
  /** Further attributes of everything that can have the focus. */
  readonly attributes?: object;
  readonly onSubmit: (given: GivenCode) => void;
  /** Back to the password. */
  readonly onRestart: () => void;
}

/** The code of the app, or one of the recovery codes; in the place of the password that was right. */
export function CodeFields({ busy, failure, attributes, onSubmit, onRestart }: CodeFieldsProps) {
  const t = useTranslations("shell.signIn");
  const [isRecovery, setRecovery] = useState(false);
  return (
    <CardForm
      key={String(isRecovery)}
      isBusy={busy}
      failure={failure ? t(failure) : null}
      submit={t("submit")}
      attributes={attributes}
      onSubmit={(text) => onSubmit({ code: text("code"), isRecovery })}
      below={
        <>
          <Button variant="subtle" fullWidth onClick={() => setRecovery(!isRecovery)} {...attributes}>
            {t(isRecovery ? "useCode" : "useRecovery")}
          </Button>
          <Button variant="subtle" fullWidth onClick={onRestart} {...attributes}>
            {t("restart")}
          </Button>
        </>
      }
    >
      {isRecovery ? <RecoveryField {...attributes} /> : <CodeField {...attributes} />}
    </CardForm>
  );
}

/** Six digits; has the focus as soon as it is there. */
export function CodeField(attributes: object) {
  const t = useTranslations("shell.signIn");
  return (
    <TextInput
      ref={useFocus()}
      name="code"
      label={t("code")}
      title={t("codeForm")}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*[0-9]{3}\s?[0-9]{3}\s*"
      maxLength={9}
      withAsterisk={false}
      required
      {...attributes}
    />
  );
}

function RecoveryField(attributes: object) {
  const t = useTranslations("shell.signIn");
  return (
    <TextInput
      ref={useFocus()}
      name="code"
      label={t("recoveryCode")}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      withAsterisk={false}
      required
      {...attributes}
    />
  );
}

function useFocus() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
