"use client";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { RefusedRows } from "#server/contracts/api/import-preview.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { refusedCsv, refusedName } from "./refused-csv.ts";
import { type Attempt, sendList } from "./use-import.ts";
import { useReasonWords } from "./use-reason-words.ts";

function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Hands out the refused rows as a file to correct, with reasons in the reader's language. */
export function useRefusedFile() {
  const errorWords = useErrorWords();
  const t = useTranslations("keyUsers.importing");
  const words = useReasonWords();
  return useMutation({
    mutationFn: (attempt: Attempt) => sendList<RefusedRows>("/refused", attempt, {}),
    onSuccess: (rows, { file }) => {
      saveAs(refusedName(file.name, t("refusedWord")), refusedCsv(rows, t("reasonColumn"), words));
      if (rows.isContactLeftOut) notifications.show({ message: t("refusedNoContact") });
    },
    onError: (error) =>
      notifications.show({ color: "red", title: t("refusedFailed"), message: errorWords(error) }),
  });
}
