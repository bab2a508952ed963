import { redirect } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { providerName } from "#server/access/single-sign-on/provider-name.ts";
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
  readonly searchParams: Promise<{ readonly to?: string | string[]; readonly refused?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInProps) {
  const { to, refused } = await searchParams;
  const goTo = returnPath(to);
  if (await currentPerson()) redirect(goTo);
  const holdsDemo = await isDemo(context());
  const runsDemo = context().config.DEMO;
  const people = holdsDemo && runsDemo ? DEMO_PEOPLE : [];
  return (
    <SignInForm
      goTo={goTo}
      demo={people.map(({ name, email, role }) => ({ name, email, role, password: DEMO_PASSWORD }))}
      provider={providerName(context().config)}
      refused={isSingleSignOnRefusal(refused) ? refused : null}
      hint={await hintOf(holdsDemo, runsDemo)}
    />
  );
}

async function hintOf(holdsDemo: boolean, runsDemo: boolean): Promise<"closedDemo" | "nobody" | null> {
  if (holdsDemo) return runsDemo ? null : "closedDemo";
  return (await isWithoutPeople(context())) ? "nobody" : null;
}
