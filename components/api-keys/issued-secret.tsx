"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { IssuedApiKey } from "#server/contracts/api/api-keys.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { useOrigin } from "../ui/use-origin.ts";
import styles from "./api-keys.module.css";
import { exampleOf } from "./example-of.ts";

/** The secret of a key that was just made, this once, and a command that tries it. */
export function IssuedSecret({ of, onClose }: { readonly of: IssuedApiKey; readonly onClose: () => void }) {
  const t = useTranslations("apiKeys.issued");
  const origin = useOrigin();
  const words = { copy: t("copy"), copied: t("copied") };
  return (
    <div>
      <p className={styles.lead} role="status">
        {t("lead")}
      </p>
      <h3 className={styles.heading}>{t("secret")}</h3>
      <CommandLine command={of.secret} {...words} />
      <h3 className={styles.heading}>{t("example")}</h3>
      <CommandLine command={exampleOf(of.key.scopes, origin)} {...words} />
      <div className={styles.done}>
        <Button onClick={onClose}>{t("done")}</Button>
      </div>
    </div>
  );
}
