"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Role } from "#server/contracts/roles.ts";
import type { WaysIn } from "#server/contracts/single-sign-on.ts";

/** The signed-in person, as the browser may know them. */
export interface Session {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Actions that the role may do: for showing and hiding; the server asks again. */
  readonly can: readonly string[];
  readonly zone: string;
  readonly isDemo: boolean;
  /** By what they sign in again. */
  readonly waysIn: WaysIn;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({
  session,
  children,
}: {
  readonly session: Session;
  readonly children: ReactNode;
}) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a SessionProvider above it");
  return session;
}

/** Whether the signed-in person may do this. */
export function useCan(action: string): boolean {
  return useSession().can.includes(action);
}
