import { SignedInPage } from "#components/shell/signed-in-page.tsx";
import { signedIn } from "#server/http/require-person.ts";
import { titled } from "../page-title.ts";

export const generateMetadata = titled((messages) => messages.shell.signedIn.title);

/** Where the window ends in which somebody signed in again by a provider: it tells their other windows, and closes. */
export default async function SignedIn() {
  await signedIn();
  return <SignedInPage />;
}
