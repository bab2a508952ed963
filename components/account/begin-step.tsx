"use client";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { WaysIn } from "#server/contracts/single-sign-on.ts";
import { CardForm } from "../shell/card-form.tsx";
import { CardPage } from "../shell/card-page.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { FreshSignIn } from "./fresh-sign-in.tsx";
import { type BegunEnrolment, beginEnrolment } from "./second-factor-api.ts";

interface BeginStepProps {
  readonly lead: string;
  readonly waysIn: WaysIn;
  /** Where to come back to, once they have signed in once more. */
  readonly goTo: string;
  readonly onBegun: (begun: BegunEnrolment) => void;
  readonly out: ReactNode;
}

/** Who sits at an open page is not yet the person whose page it is: the password once more, or a sign-in of just now. */
export function BeginStep({ lead, waysIn, goTo, onBegun, out }: BeginStepProps) {
  const t = useTranslations("account.enrol");
  const errorWords = useErrorWords();
  const begin = useAct({ mutationFn: beginEnrolment, onSuccess: onBegun });
  return (
    <CardPage title={t("title")} lead={lead}>
      <CardForm
        isBusy={begin.isPending}
        failure={begin.error && errorWords(begin.error)}
        submit={t("begin")}
        onSubmit={(text) => begin.mutate(waysIn.hasPassword ? text("password") : undefined)}
        below={
          <>
            <FreshSignIn error={begin.error} providers={waysIn.providers} goTo={goTo} />
            {out}
          </>
        }
      >
        {waysIn.hasPassword ? (
          <PasswordField
            name="password"
            label={t("password")}
            autoComplete="current-password"
            withAsterisk={false}
            required
          />
        ) : null}
      </CardForm>
    </CardPage>
  );
}
