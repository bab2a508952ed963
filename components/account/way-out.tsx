"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { signOut } from "../shell/sign-out.ts";

/** Whoever need not enrol goes back; for all others there is the sign-out. */
export function WayOut({ isNeeded }: { readonly isNeeded: boolean }) {
  const t = useTranslations("account.enrol");
  return isNeeded ? (
    <Button variant="subtle" fullWidth onClick={() => void signOut()}>
      {t("signOut")}
    </Button>
  ) : (
    <Button component="a" href="/me" variant="subtle" fullWidth>
      {t("later")}
    </Button>
  );
}
