"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { DeadLetter, ReplayedLetter } from "#server/contracts/api/dead-letters.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { rereadDeadLetters } from "./use-dead-letters.ts";
import { useReasonWords } from "./use-reason-words.ts";

/** What a person does with one letter. */
export type LetterDeed =
  | {
      readonly kind: "replay";
      readonly fields: Readonly<Record<string, string | null>>;
      readonly reason: string;
    }
  | { readonly kind: "discard"; readonly reason: string };

/** Replays or discards the letter that was seen; whoever was faster is shown by reading anew. */
export function useLetterDeed(letter: Pick<DeadLetter, "id" | "version">, onSettled: () => void) {
  const t = useTranslations("pipeline.deadLetters.drawer");
  const dispositions = useTranslations("pipeline.dispositions");
  const reasonOf = useReasonWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deed: LetterDeed) => carryOut(letter, deed),
    onSuccess: (outcome) => {
      if (outcome.disposition === "rejected") {
        notifications.show({ color: "red", message: t("rejected", { reason: reasonOf(outcome.letter) }) });
        return;
      }
      const { disposition } = outcome;
      notifications.show({
        message: disposition ? t("done", { disposition: dispositions(disposition) }) : t("discarded"),
      });
      onSettled();
    },
    onError: (error) => {
      const isSlower = error instanceof ProblemError && error.status === 409;
      notifications.show({ color: "red", message: isSlower ? t("conflict") : error.message });
    },
    onSettled: () => rereadDeadLetters(client),
  });
}

async function carryOut(
  { id, version }: Pick<DeadLetter, "id" | "version">,
  deed: LetterDeed,
): Promise<Omit<ReplayedLetter, "disposition"> & Partial<Pick<ReplayedLetter, "disposition">>> {
  const path = `/api/v1/dead-letters/${id}/${deed.kind}`;
  if (deed.kind === "discard") {
    const body = { reason: deed.reason };
    return { letter: await fetchJson<DeadLetter>(path, { method: "POST", body, version }) };
  }
  const body = {
    ...(Object.keys(deed.fields).length > 0 ? { fields: deed.fields } : {}),
    ...(deed.reason === "" ? {} : { reason: deed.reason }),
  };
  return fetchJson<ReplayedLetter>(path, { method: "POST", body, version });
}
