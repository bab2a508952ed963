import { redirect } from "next/navigation";

/** A link to one case: the desk, with that case chosen, whatever its state. */
export default async function RetentionCase({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params;
  redirect(`/retention?case=${encodeURIComponent(id)}`);
}
