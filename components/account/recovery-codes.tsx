"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import styles from "./enrol.module.css";

/** The codes, this once, and three ways to keep them. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const t = useTranslations("account.codes");
  const [isCopied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  return (
    <div className={styles.keep}>
      <ul className={styles.codes} aria-label={t("list")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.ways}>
        <Button variant="default" onClick={copy}>
          {t(isCopied ? "copied" : "copy")}
        </Button>
        <Button variant="default" onClick={() => download(t("file"), text)}>
          {t("download")}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
    </div>
  );
}

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
