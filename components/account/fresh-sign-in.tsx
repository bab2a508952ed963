"use client";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";
import { SingleSignOnButtons } from "../shell/single-sign-on.tsx";
import { ProblemError } from "../ui/fetch-json.ts";

interface FreshSignInProps {
  /** Why an act was refused; anything but a session that is too old shows nothing. */
  readonly error: Error | null;
  readonly providers: readonly OfferedProvider[];
  /** Path of ours to come back to. */
  readonly goTo: string;
}

/** The ways to a fresh session, for whoever has no password to say. */
export function FreshSignIn({ error, providers, goTo }: FreshSignInProps) {
  if (!(error instanceof ProblemError) || error.problem.code !== "fresh_sign_in") return null;
  return <SingleSignOnButtons providers={providers} goTo={goTo} />;
}
