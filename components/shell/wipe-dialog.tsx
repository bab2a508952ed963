"use client";
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "../ui/dialog.tsx";
import { fetchJson } from "../ui/fetch-json.ts";

/** The one confirmation before everything invented goes. */
export function WipeDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("shell");
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    if (!(await wipe())) onClose();
  };
  return (
    <Dialog title={t("demo.wipeTitle")} close={t("close")} onClose={onClose} isCentered={false}>
      <p>{t("demo.wipeLead")}</p>
      <p>{t("demo.wipeNext")}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t("demo.cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={() => void confirm()}>
          {t("demo.wipeConfirm")}
        </Button>
      </Group>
    </Dialog>
  );
}

/** On to making the first administrator, or, when there is one, to where this person belongs now. */
async function wipe(): Promise<boolean> {
  try {
    const { setup } = await fetchJson<{ setup: string | null }>("/api/v1/demo/wipe", {
      method: "POST",
      body: {},
    });
    window.location.assign(setup ?? "/");
    return true;
  } catch (error) {
    notifications.show({ color: "red", message: (error as Error).message });
    return false;
  }
}
