"use client";
import { IconCheck, IconLink } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "../ui/icon-button.tsx";
import type { Address } from "./address.ts";

const SAID_MS = 2_000;

/**
 * Copies a link that names its day, so it shows tomorrow what it shows today; the address bar of a board that runs does not, so the
 * board lives on over midnight.
 */
export function CopyLink({ address }: { readonly address: Address }) {
  const t = useTranslations("orders.link");
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    void navigator.clipboard.writeText(linkTo(address, window.location)).then(() => setCopied(true));
  };
  const Icon = isCopied ? IconCheck : IconLink;
  const words = t(isCopied ? "copied" : "copy");
  return (
    <IconButton words={words} onPress={copy}>
      <Icon size={16} aria-hidden="true" />
    </IconButton>
  );
}

/** This page's address with its day and what it is compared with in it. */
export function linkTo({ date, compared }: Address, { href }: { readonly href: string }): string {
  const link = new URL(href);
  link.searchParams.set("date", date);
  link.searchParams.set("with", compared);
  return link.href;
}
