import type { ReactNode } from "react";
import { LiveProvider } from "#components/live/live-provider.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { SessionProvider } from "#components/shell/session.tsx";
import { rightsOf } from "#server/access/can.ts";
import { context } from "#server/context.ts";
import { isDemo } from "#server/demo/is-demo.ts";
import { signedIn } from "#server/http/require-person.ts";
import { waysInOf } from "#server/people/ways-in.ts";

/** Everything behind the sign-in: rail, live connection, the person. */
export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const person = await signedIn();
  const { config, now } = context();
  const session = {
    id: person.id,
    name: person.name,
    role: person.role,
    // A demo that does not run is not wiped.
    can: rightsOf(person).filter((action) => config.DEMO || action !== "demo.wipe"),
    zone: config.BUSINESS_TIME_ZONE,
    isDemo: await isDemo(context()),
    waysIn: await waysInOf(context(), person.id),
  };
  return (
    <SessionProvider session={session}>
      <LiveProvider renderedAt={now()}>
        <AppShell>{children}</AppShell>
      </LiveProvider>
    </SessionProvider>
  );
}
