"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CaseDetail, CaseSummary } from "#server/contracts/api/retention.ts";
import { type CaseVerbName, isDecision, type VerbBody } from "#server/contracts/cases.ts";
import { reread } from "../live/reread.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { caseKey } from "./use-case.ts";

/** A verb with what it is called with, as the table of verbs says. */
export type VerbCall = {
  [V in CaseVerbName]: { readonly verb: V } & VerbBody<V>;
}[CaseVerbName];

interface Mutation {
  readonly target: Pick<CaseSummary, "id" | "version">;
  readonly call: VerbCall;
}

interface Uses {
  readonly receive: (cases: readonly CaseSummary[]) => void;
  readonly onDone: (detail: CaseDetail, verb: CaseVerbName) => void;
}

/**
 * A person's verbs on a case. What the server answers is put into the cache at once; when somebody was faster, the case as
 * it stands now is shown and the notice says who it was.
 */
export function useVerbs({ receive, onDone }: Uses) {
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const take = (detail: CaseDetail) => {
    client.setQueryData(caseKey(detail.id), detail);
    receive([detail]);
    void reread(client, { queryKey: ["retention", "counts"] });
  };
  return useMutation({
    mutationFn: ({ target, call: { verb, ...body } }: Mutation) =>
      fetchJson<CaseDetail>(`/api/v1/retention/cases/${target.id}/${verb}`, {
        method: "POST",
        body,
        ...(isDecision(verb) ? { version: target.version } : {}),
      }),
    onSuccess: (detail, { call: { verb } }) => {
      take(detail);
      onDone(detail, verb);
    },
    onError: (error) => {
      notifications.show({ color: "red", message: errorWords(error) });
      if (!(error instanceof ProblemError) || error.status !== 409) return;
      const current = error.problem.current as CaseDetail | undefined;
      if (current) take(current);
    },
  });
}
