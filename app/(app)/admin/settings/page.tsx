import { Suspense } from "react";
import { titled } from "#app/page-title.ts";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";

export const generateMetadata = titled((messages) => messages.settings.title);

export default async function Settings() {
  await requirePerson("settings.read");
  return (
    <Suspense>
      <SettingsPage />
    </Suspense>
  );
}
