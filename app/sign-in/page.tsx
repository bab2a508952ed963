import { redirect } from "next/navigation";
import { SignInForm } from "../../components/shell/sign-in-form.tsx";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../../server/access/demo-people.ts";
import { currentPerson } from "../../server/access/require-person.ts";
import { isDemo } from "../../server/queries/is-demo.ts";
import { isWithoutPeople } from "../../server/queries/people.ts";
import { runtime } from "../../server/runtime.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.signIn.title);

export default async function SignInPage() {
  if (await currentPerson()) redirect("/");
  const holdsDemo = await isDemo(runtime());
  const runsDemo = runtime().config.DEMO;
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
  return (await isWithoutPeople(runtime())) ? "nobody" : null;
}
