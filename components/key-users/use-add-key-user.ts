"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";
import { currentOf, sendWrite } from "./use-key-user-writes.tsx";
import { rereadKeyUsers } from "./use-key-users.ts";

/** A customer as entered. */
export interface AddedUser {
  readonly userId: string;
  readonly rawPremium: string;
  readonly rawInfo: string | null;
  /** By which managers see some customers and not others; null: of none. */
  readonly segment: string | null;
  /** In clear, as its writer entered it. */
  readonly customerName: string | null;
  readonly customerTel: string | null;
}

/** A customer who was on the list before, and what they come back with; null: what stood when they were taken off. */
interface Return {
  readonly user: KeyUser;
  readonly entered: AddedUser | null;
}

/** What was not entered of cover, segment, name and telephone stays as it stood. */
async function bringBack({ user, entered }: Return): Promise<KeyUser> {
  const restored = await sendWrite({ kind: "restore", user });
  if (!entered) return restored;
  const { rawPremium, rawInfo, segment, customerName, customerTel } = entered;
  const edit = {
    rawPremium,
    ...(rawInfo === null ? {} : { rawInfo }),
    ...(segment === null ? {} : { segment }),
    ...(customerName === null ? {} : { customerName }),
    ...(customerTel === null ? {} : { customerTel }),
  };
  return sendWrite({ kind: "edit", user: restored, edit });
}

/** Adds a customer; one who was taken off the list earlier can be restored instead. */
export function useAddKeyUser(onDone: (done: { user: KeyUser; isRestored: boolean }) => void) {
  const client = useQueryClient();
  const add = useAct({
    mutationFn: (body: AddedUser) => fetchJson<KeyUser>("/api/v1/key-users", { method: "POST", body }),
    onSuccess: (user) => onDone({ user, isRestored: false }),
    onSettled: () => rereadKeyUsers(client),
  });
  const restore = useAct({
    mutationFn: bringBack,
    onSuccess: (user) => onDone({ user, isRestored: true }),
    onSettled: () => rereadKeyUsers(client),
  });
  return { add, restore, known: currentOf(add.error) };
}
