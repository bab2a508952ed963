import { LinkPage } from "#components/shell/link-page.tsx";
import { offeredProviders } from "#server/access/single-sign-on/kinds.ts";
import { context } from "#server/context.ts";
import { findInvitation } from "#server/people/accept-invitation.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.link.invitation);

interface InvitationProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Where the link of an invitation leads, whoever is signed in there: a session of before ends when it is used. */
export default async function InvitationPage({ searchParams }: InvitationProps) {
  const { token } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const { db, now, config } = context();
  return (
    <LinkPage
      kind="invitation"
      token={given}
      link={await findInvitation(db, given, now())}
      providers={offeredProviders(config)}
    />
  );
}
