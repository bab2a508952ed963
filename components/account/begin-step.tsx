"use client";
import { PasswordInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CardForm } from "../shell/card-form.tsx";
import { CardPage } from "../shell/card-page.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { type BegunEnrolment, beginEnrolment } from "./second-factor-api.ts";

interface BeginStepProps {
  readonly lead: string;
  readonly onBegun: (begun: BegunEnrolment) => void;
  readonly out: ReactNode;
}

/** Who sits at an open page is not yet the person whose page it is: the password once more. */
export function BeginStep({ lead, onBegun, out }: BeginStepProps) {
  const t = useTranslations("account.enrol");
  const errorWords = useErrorWords();
  const begin = useAct({ mutationFn: beginEnrolment, onSuccess: onBegun });
  return (
    <CardPage title={t("title")} lead={lead}>
      <CardForm
        isBusy={begin.isPending}
        failure={begin.error && errorWords(begin.error)}
        submit={t("begin")}
        onSubmit={(text) => begin.mutate(text("password"))}
        below={out}
      >
        <PasswordInput
          name="password"
          label={t("password")}
          autoComplete="current-password"
          withAsterisk={false}
          required
        />
      </CardForm>
    </CardPage>
  );
}
