"use client";
import { useTranslations } from "use-intl";
import type { Problem } from "../../server/contracts/api/common.ts";
import type { Separator } from "../../server/contracts/list-form.ts";
import styles from "./import-panel.module.css";

/** What a fault of a whole file names. */
const TEXTS = ["name", "encoding", "separator", "found", "column"] as const;

/** Why the file as a whole is no list, in the reader's words; what has none yet, in the server's. */
export function ImportFault({ fault }: { readonly fault: Problem }) {
  const t = useTranslations("keyUsers.importing");
  const words = useWords(fault);
  const key = `faults.${isChoosable(fault) ? fault.code : "other_separator"}` as "faults.empty_file";
  return (
    <div className={styles.fault} role="alert">
      <strong>{t("noList")}</strong>
      <p>{t.has(key) ? t(key, words) : fault.detail}</p>
      {isReadingTold(fault) ? <p>{t("wasReadAs", words)}</p> : null}
    </div>
  );
}

const CHOOSABLE: Readonly<Record<string, Separator>> = { ",": "comma", ";": "semicolon", "\t": "tab" };

/** A wrong guess explains much; of a wrong separator the message speaks already. */
const isReadingTold = ({ code, encoding, separator }: Problem): boolean =>
  code !== "wrong_separator" && encoding !== undefined && separator !== undefined;

/** Whether what the fault found can be chosen here: a separator of another kind cannot. */
const isChoosable = ({ code, found }: Problem): boolean =>
  code !== "wrong_separator" || String(found) in CHOOSABLE;

/** Parts of the message: columns, encodings and separators by the names that the screen has for them. */
function useWords(fault: Problem) {
  const t = useTranslations("keyUsers.importing");
  const given = Object.fromEntries(TEXTS.map((name) => [name, String(fault[name] ?? "")]));
  const named = (group: "encodings" | "separatorsIn" | "fields", value = "") => {
    const key = `${group}.${value}` as "fields.id";
    return t.has(key) ? t(key) : value;
  };
  const found = CHOOSABLE[given.found ?? ""];
  return {
    line: Number(fault.line ?? 1),
    name: given.name ?? "",
    encoding: named("encodings", given.encoding),
    separator: named("separatorsIn", given.separator),
    found: found ? named("separatorsIn", found) : `“${given.found}”`,
    column: named("fields", given.column),
  };
}
