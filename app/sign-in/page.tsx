import { redirect } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { context } from "#server/context.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "#server/demo/demo-people.ts";
import { isDemo } from "#server/demo/is-demo.ts";
import { currentPerson } from "#server/http/require-person.ts";
import { isWithoutPeople } from "#server/people/list-people.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.signIn.title);

export default async function SignInPage() {
  if (await currentPerson()) redirect("/");
  const holdsDemo = await isDemo(context());
  const runsDemo = context().config.DEMO;
  const people = holdsDemo && runsDemo ? DEMO_PEOPLE : [];
  return (
    <SignInForm
      demo={people.map(({ name, email, role }) => ({ name, email, role, password: DEMO_PASSWORD }))}
      hint={await hintOf(holdsDemo, runsDemo)}
    />
  );
}

async function hintOf(holdsDemo: boolean, runsDemo: boolean): Promise<"closedDemo" | "nobody" | null> {
  if (holdsDemo) return runsDemo ? null : "closedDemo";
  return (await isWithoutPeople(context())) ? "nobody" : null;
}
