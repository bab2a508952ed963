import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type RefusedBy, SignInForm } from "#components/shell/sign-in-form.tsx";
import { sessionSecret } from "#server/access/session-secret.ts";
import { offeredProviders } from "#server/access/single-sign-on/kinds.ts";
import { toldSubject } from "#server/access/single-sign-on/told-subject.ts";
import { context } from "#server/context.ts";
import { isSingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "#server/demo/demo-people.ts";
import { isDemo } from "#server/demo/is-demo.ts";
import { currentPerson } from "#server/http/require-person.ts";
import { returnPath } from "#server/http/return-path.ts";
import { isWithoutPeople } from "#server/people/list-people.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.signIn.title);

interface SignInProps {
  readonly searchParams: Promise<Readonly<Record<"to" | "by" | "refused", string | string[] | undefined>>>;
}

export default async function SignInPage({ searchParams }: SignInProps) {
  const { to, by, refused } = await searchParams;
  const goTo = returnPath(to);
  if (await currentPerson()) redirect(goTo);
  const holdsDemo = await isDemo(context());
  const runsDemo = context().config.DEMO;
  const people = holdsDemo && runsDemo ? DEMO_PEOPLE : [];
  return (
    <SignInForm
      goTo={goTo}
      demo={people.map(({ name, email, role }) => ({ name, email, role, password: DEMO_PASSWORD }))}
      providers={offeredProviders(context().config)}
      refused={await refusedBy(by, refused)}
      hint={await hintOf(holdsDemo, runsDemo)}
    />
  );
}

/** null: nobody was refused, or by no provider that there is. */
async function refusedBy(by: unknown, why: unknown): Promise<RefusedBy | null> {
  const { config, cipher } = context();
  const provider = offeredProviders(config).find(({ id }) => id === by);
  if (!provider || !isSingleSignOnRefusal(why)) return null;
  const told = await toldSubject(sessionSecret(cipher), await headers());
  return { provider, why, subject: told?.provider === provider.id ? told.subject : null };
}

async function hintOf(holdsDemo: boolean, runsDemo: boolean): Promise<"closedDemo" | "nobody" | null> {
  if (holdsDemo) return runsDemo ? null : "closedDemo";
  return (await isWithoutPeople(context())) ? "nobody" : null;
}
