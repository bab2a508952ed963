"use client";
import { useTranslations } from "use-intl";
import { CardPage } from "../shell/card-page.tsx";
import { CodeFields } from "../shell/code-fields.tsx";
import { signOut } from "../shell/sign-out.ts";
import { useSignIn } from "../shell/use-sign-in.ts";

/** There is a factor, and this session was begun without it: its code, or a recovery code. */
export function GiveStep({ goTo }: { readonly goTo: string }) {
  const t = useTranslations("account.enrol");
  const { isBusy, failure, giveCode } = useSignIn(async () => {
    window.location.assign(goTo);
    return null;
  });
  return (
    <CardPage title={t("giveTitle")} lead={t("giveLead")}>
      <CodeFields busy={isBusy} failure={failure} onSubmit={giveCode} onRestart={() => void signOut()} />
    </CardPage>
  );
}
