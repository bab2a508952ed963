import { LinkPage } from "#components/shell/link-page.tsx";
import { context } from "#server/context.ts";
import { findReset } from "#server/people/use-reset.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.link.resetTitle);

interface ResetProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Where the link to another password leads. */
export default async function ResetPage({ searchParams }: ResetProps) {
  const { token } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const { db, now } = context();
  return <LinkPage kind="reset" token={given} link={await findReset(db, given, now())} />;
}
