import { redirect } from "next/navigation";
import { HOME, signedIn } from "../server/http/require-person.ts";

/** Each role lands on its own screen. */
export default async function Home() {
  redirect(HOME[(await signedIn()).role]);
}
