"use client";
import { useTranslations } from "use-intl";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";
import { LinkEnded } from "./link-ended.tsx";
import { LinkForm, type LinkKind } from "./link-form.tsx";

/** A one-time link as its page was told of it. */
interface OfferedLink {
  /** null: it has ended. */
  readonly name: string | null;
  readonly email: string | null;
  readonly role?: string | null;
  readonly state: "open" | "used" | "withdrawn" | "expired";
  readonly issuer: string | null;
}

interface LinkPageProps {
  readonly kind: LinkKind;
  readonly token: string;
  /** null: nobody was given this link, or it was replaced. */
  readonly link: OfferedLink | null;
  /** By which whoever is invited may come in instead of choosing a password. */
  readonly providers?: readonly OfferedProvider[];
}

/** Where a one-time link leads. */
export function LinkPage({ kind, token, link, providers = [] }: LinkPageProps) {
  const t = useTranslations("shell.roles");
  if (link === null) return <LinkEnded state="unknown" issuer={null} />;
  const { name, email } = link;
  if (link.state !== "open" || name === null || email === null) {
    const state = link.state === "open" ? "unknown" : link.state;
    return <LinkEnded state={state} issuer={link.issuer} />;
  }
  const key = (link.role ?? "") as Parameters<typeof t>[0];
  const role = t.has(key) ? t(key) : (link.role ?? "");
  return <LinkForm kind={kind} token={token} name={name} email={email} role={role} providers={providers} />;
}
