import { redirect } from "next/navigation";
import { LinkSpent } from "#components/shell/notices.tsx";
import { SetupForm } from "#components/shell/setup-form.tsx";
import { context } from "#server/context.ts";
import { currentPerson } from "#server/http/require-person.ts";
import { isFirstAdministratorToken } from "#server/people/first-administrator.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.setup.title);

interface SetupProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Where the log's one-time link leads. */
export default async function SetupPage({ searchParams }: SetupProps) {
  if (await currentPerson()) redirect("/");
  const { token } = await searchParams;
  if (typeof token !== "string") return <LinkSpent />;
  return (await isFirstAdministratorToken(context().db, token)) ? <SetupForm token={token} /> : <LinkSpent />;
}
