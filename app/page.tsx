import { redirect } from "next/navigation";
import { currentPerson, HOME } from "../server/http/require-person.ts";

/** Each role lands on its own screen. */
export default async function Home() {
  const person = await currentPerson();
  redirect(person ? HOME[person.role] : "/sign-in");
}
