import { redirect } from "next/navigation";
import { EnrolPage } from "#components/account/enrol-page.tsx";
import { context } from "#server/context.ts";
import { currentPerson } from "#server/http/require-person.ts";
import { returnPath, signInPath } from "#server/http/return-path.ts";
import { hasSecondFactor } from "#server/people/own-account.ts";
import { waysInOf } from "#server/people/ways-in.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.account.enrol.title);

interface EnrolProps {
  readonly searchParams: Promise<{ readonly to?: string | string[] }>;
}

/** Where a session is led that owes a second factor, and whoever wants one. */
export default async function Enrol({ searchParams }: EnrolProps) {
  const goTo = returnPath((await searchParams).to);
  const person = await currentPerson();
  if (!person) redirect(signInPath(goTo));
  if (person.secondFactor === "given") redirect(goTo);
  return (
    <EnrolPage
      goTo={goTo}
      isNeeded={person.secondFactor === "needed"}
      isEnrolled={await hasSecondFactor(context().db, person.id)}
      waysIn={await waysInOf(context(), person.id)}
    />
  );
}
