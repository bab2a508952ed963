"use client";
import { useMediaQuery } from "@mantine/hooks";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../shell/session.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { AddDialog } from "./add-dialog.tsx";
import { CellDraftsProvider } from "./cell-drafts.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { HistoryDrawer } from "./history-drawer.tsx";
import { ImportLogDrawer } from "./import-log-drawer.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { ListActions } from "./list-actions.tsx";
import { ListPanel } from "./list-panel.tsx";
import { ListTools } from "./list-tools.tsx";
import { RulesDialog } from "./rules-dialog.tsx";
import { useCellDrafts } from "./use-cell-drafts.ts";
import { useImport } from "./use-import.ts";
import { useKeyUserWrites } from "./use-key-user-writes.tsx";
import { useKeyUsers } from "./use-key-users.ts";
import { useListChoice } from "./use-list-choice.ts";

/** /key-users: who counts as a key customer, and with which baseline. */
export function KeyUsersPage() {
  const t = useTranslations("keyUsers");
  const canWrite = useCan("key-users.write");
  const [choice] = useListChoice();
  const isNarrow = useMediaQuery("(max-width: 900px)") ?? false;
  const { query, receive, arrivals, show, expect } = useKeyUsers(choice);
  const writes = useKeyUserWrites(receive);
  const drafts = useCellDrafts(writes.writeAndWait);
  const importing = useImport(expect);
  const [isAdding, setAdding] = useState(false);
  const [isLogOpen, setLogOpen] = useState(false);
  const [rules, setRules] = useQueryState("rules", parseAsStringLiteral(["open"]));
  const [historyOf, setHistoryOf] = useState<string | null>(null);
  const users = query.data?.pages.flatMap((page) => page.items) ?? [];
  const looked = users.find((user) => user.userId === historyOf) ?? null;
  return (
    <PageFrame
      title={t("title")}
      actions={
        <ListActions
          canWrite={canWrite}
          isChecking={importing.isChecking}
          onFile={(file) => void importing.open(file)}
          onAdd={() => setAdding(true)}
          onRules={() => void setRules("open")}
          onLog={() => setLogOpen(true)}
        />
      }
    >
      {importing.shown ? <ImportPanel importing={importing} shown={importing.shown} /> : null}
      <ListTools total={query.isPlaceholderData ? null : (query.data?.pages[0]?.total ?? null)} />
      <CellDraftsProvider value={drafts}>
        <ListPanel
          users={users}
          query={query}
          choice={choice}
          arrivals={arrivals}
          canWrite={canWrite}
          isNarrow={isNarrow}
          onShow={show}
          onHistory={setHistoryOf}
        />
      </CellDraftsProvider>
      <HistoryDrawer
        user={looked}
        canWrite={canWrite}
        isBusy={writes.isBusy}
        onWrite={writes.write}
        onClose={() => setHistoryOf(null)}
      />
      <ConflictDialog conflict={writes.conflict} drafts={drafts} onSettled={writes.settle} />
      <RulesDialog isOpen={rules === "open"} onClose={() => void setRules(null)} />
      <AddDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onListed={(users) => expect(users.map(({ userId }) => userId))}
      />
      <ImportLogDrawer isOpen={isLogOpen} onClose={() => setLogOpen(false)} />
    </PageFrame>
  );
}
