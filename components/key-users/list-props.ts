import type { KeyUser } from "#server/contracts/api/key-users.ts";
import type { useKeyUsers } from "./use-key-users.ts";
import type { ListChoice } from "./use-list-choice.ts";

/** What the list shows, and what may be done with it. */
export interface ListPanelProps {
  readonly users: readonly KeyUser[];
  readonly query: Pick<
    ReturnType<typeof useKeyUsers>["query"],
    | "status"
    | "data"
    | "isPlaceholderData"
    | "hasNextPage"
    | "isFetchingNextPage"
    | "fetchNextPage"
    | "refetch"
  >;
  readonly choice: ListChoice;
  readonly arrivals: number;
  readonly canWrite: boolean;
  readonly isNarrow: boolean;
  readonly onShow: () => void;
  readonly onHistory: (userId: string) => void;
}
