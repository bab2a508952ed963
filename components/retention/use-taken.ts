"use client";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { useTranslations } from "use-intl";
import type { CaseDetail, CaseSummary } from "#server/contracts/api/retention.ts";
import { UNDO_UNTIL_MS } from "#server/contracts/cases.ts";
import { useSession } from "../shell/session.tsx";
import { fetchJson } from "../ui/fetch-json.ts";
import { useCustomerWords } from "./customer.tsx";

/**
 * Tells who had a case that somebody has taken it over (rule W3), once that can no longer be undone (rule W2): the case is read
 * anew then, so what was undone is not told.
 */
export function useTaken(): (of: CaseSummary) => void {
  const t = useTranslations("retention");
  const { id: myId } = useSession();
  const client = useQueryClient();
  const customerOf = useCustomerWords();
  const waiting = useRef(new Set<string>());
  const tell = useCallback(
    async (of: CaseSummary) => {
      const { id } = of;
      waiting.current.delete(id);
      const now = client.fetchQuery({
        queryKey: ["retention", "taken", id],
        queryFn: ({ signal }) => fetchJson<CaseDetail>(`/api/v1/retention/cases/${id}`, { signal }),
        staleTime: 0,
      });
      // Where it cannot be read, what was heard is told.
      const found: CaseSummary = await now.catch(() => of);
      const { assignee } = found;
      if (assignee === null || assignee.id === myId) return;
      const customer = customerOf(found);
      notifications.show({ message: t("takeOver.told", { who: assignee.name, customer }), autoClose: false });
    },
    [client, myId, t, customerOf],
  );
  return useCallback(
    (of) => {
      if (waiting.current.has(of.id)) return;
      waiting.current.add(of.id);
      setTimeout(() => void tell(of), UNDO_UNTIL_MS);
    },
    [tell],
  );
}
