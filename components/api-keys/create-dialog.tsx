"use client";
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { LONGEST_KEY_NAME } from "#server/contracts/key-bounds.ts";
import { SCOPES, type Scope } from "#server/contracts/scopes.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./api-keys.module.css";
import { IssuedSecret } from "./issued-secret.tsx";
import { ReasonField } from "./reason-field.tsx";
import { useCreateKey } from "./use-api-keys.ts";

const DAY_MS = 86_400_000;
/** Days; null: it never expires. */
const LIVES = { month: 30, quarter: 90, year: 365, never: null } as const;
type Life = keyof typeof LIVES;
const LIMITS = ["usual", "60", "600", "6000", "none"] as const;
type Limit = (typeof LIMITS)[number];

/** Asks what a new key is for and until when; then shows its secret, this once. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const create = useCreateKey();
  return (
    <Dialog title={t("create.title")} close={t("close")} onClose={onClose} isCentered={false} isFirm>
      {create.data ? (
        <IssuedSecret of={create.data} onClose={onClose} />
      ) : (
        <Form create={create} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  readonly create: ReturnType<typeof useCreateKey>;
  readonly onClose: () => void;
}

function Form({ create, onClose }: FormProps) {
  const t = useTranslations("apiKeys");
  const errorWords = useErrorWords();
  const clock = useLiveClient();
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [life, setLife] = useState<Life>("year");
  const [limit, setLimit] = useState<Limit>("usual");
  const [isWithoutScope, setWithoutScope] = useState(false);
  const submit = (text: (field: string) => string) => {
    setWithoutScope(scopes.length === 0);
    if (scopes.length === 0) return;
    create.mutate({
      ...{ name: text("name"), scopes, reason: text("reason") },
      expiresAt: expiryOf(life, clock.now()),
      ...(limit === "usual" ? {} : { perMinute: limit === "none" ? null : Number(limit) }),
    });
  };
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      cancel={t("cancel")}
      submit={t("create.submit")}
      isBusy={create.isPending}
      problem={create.error ? errorWords(create.error) : null}
    >
      <TextInput
        name="name"
        label={t("create.name")}
        description={t("create.nameNote")}
        required
        pattern=".*\S.*"
        maxLength={LONGEST_KEY_NAME}
        autoComplete="off"
        data-autofocus
      />
      <ScopeChoice chosen={scopes} onChoose={setScopes} isMissing={isWithoutScope && scopes.length === 0} />
      <Select
        label={t("create.life")}
        allowDeselect={false}
        value={life}
        onChange={(next) => setLife((next ?? "year") as Life)}
        data={Object.keys(LIVES).map((value) => ({ value, label: t(`create.lives.${value as Life}`) }))}
      />
      <Select
        label={t("create.limit")}
        description={t("create.limitNote")}
        allowDeselect={false}
        value={limit}
        onChange={(next) => setLimit((next ?? "usual") as Limit)}
        data={LIMITS.map((value) => ({ value, label: t(`create.limits.${value}`) }))}
      />
      <ReasonField />
    </DialogForm>
  );
}

function expiryOf(life: Life, now: number): string | null {
  const days = LIVES[life];
  return days === null ? null : new Date(now + days * DAY_MS).toISOString();
}

interface ScopeChoiceProps {
  readonly chosen: readonly Scope[];
  readonly onChoose: (scopes: readonly Scope[]) => void;
  readonly isMissing: boolean;
}

/** Each scope with what it lets a machine do. */
function ScopeChoice({ chosen, onChoose, isMissing }: ScopeChoiceProps) {
  const t = useTranslations("apiKeys");
  return (
    <Checkbox.Group
      label={t("create.scopes")}
      value={[...chosen]}
      onChange={(values) => onChoose(SCOPES.filter((scope) => values.includes(scope)))}
      error={isMissing ? t("create.scopesMissing") : null}
    >
      <div className={styles.choices}>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            label={t(`scopes.${scope}.name`)}
            description={t(`scopes.${scope}.may`)}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
