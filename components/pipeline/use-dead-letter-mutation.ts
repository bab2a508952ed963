"use client";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { DeadLetter, ReplayedDeadLetter } from "#server/contracts/api/dead-letters.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { rereadDeadLetters } from "./use-dead-letters.ts";
import { useReasonWords } from "./use-reason-words.ts";

/** What a person does with one dead letter. */
export type DeadLetterMutation =
  | {
      readonly kind: "replay";
      readonly fields: Readonly<Record<string, string | null>>;
      readonly reason: string;
    }
  | { readonly kind: "discard"; readonly reason: string };

/** Replays or discards the dead letter that was seen; whoever was faster is shown by reading anew. */
export function useDeadLetterMutation(deadLetter: Pick<DeadLetter, "id" | "version">, onSettled: () => void) {
  const errorWords = useErrorWords();
  const t = useTranslations("pipeline.deadLetters.drawer");
  const dispositions = useTranslations("pipeline.dispositions");
  const reasonOf = useReasonWords();
  const client = useQueryClient();
  return useAct({
    mutationFn: (mutation: DeadLetterMutation) => execute(deadLetter, mutation),
    onSuccess: (outcome) => {
      if (outcome.disposition === "rejected") {
        notifications.show({
          color: "red",
          message: t("rejected", { reason: reasonOf(outcome.deadLetter) }),
        });
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
      notifications.show({ color: "red", message: isSlower ? t("conflict") : errorWords(error) });
    },
    onSettled: () => rereadDeadLetters(client),
  });
}

async function execute(
  { id, version }: Pick<DeadLetter, "id" | "version">,
  mutation: DeadLetterMutation,
): Promise<Omit<ReplayedDeadLetter, "disposition"> & Partial<Pick<ReplayedDeadLetter, "disposition">>> {
  const path = `/api/v1/dead-letters/${id}/${mutation.kind}`;
  if (mutation.kind === "discard") {
    const body = { reason: mutation.reason };
    return { deadLetter: await fetchJson<DeadLetter>(path, { method: "POST", body, version }) };
  }
  const body = {
    ...(Object.keys(mutation.fields).length > 0 ? { fields: mutation.fields } : {}),
    ...(mutation.reason === "" ? {} : { reason: mutation.reason }),
  };
  return fetchJson<ReplayedDeadLetter>(path, { method: "POST", body, version });
}
