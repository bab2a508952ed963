"use client";
import { Button, Modal } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { sessionGate } from "../ui/session-gate.ts";
import styles from "./card-page.module.css";
import { useSession } from "./session.tsx";
import { type SignInFailure, signIn } from "./sign-in.ts";
import { SignInFields } from "./sign-in-fields.tsx";

/** Above every drawer and dialog of a page. */
const LAYER = 500;
/** What lies below hears no key: Escape would close it with what was typed there. */
const KEYS_STAY = { "data-mantine-stop-propagation": true } as const;

/** Over the page of which the session has ended; there is no way past it but to sign in or to leave. */
export function SignInDialog({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const t = useTranslations("shell.again");
  const { name, id } = useSession();
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const goOnAs = (person: string | null) => {
    if (person === id) return onSignedIn();
    // Somebody else's page is not theirs to see, and not theirs to go on with.
    if (person !== null) leaveFor("/");
  };
  // Signed in again in another tab.
  const look = useEffectEvent(() => void whoIsSignedIn().then(goOnAs));
  useEffect(() => {
    const onFocus = () => look();
    window.addEventListener("focus", onFocus);
    return () => window.removeEventListener("focus", onFocus);
  }, []);
  const enter = async (typed: string, password: string) => {
    setBusy(true);
    setFailure(null);
    const problem = await signIn(typed, password);
    const person = problem === null ? await whoIsSignedIn() : null;
    setBusy(false);
    setFailure(person === null ? (problem ?? "unreachable") : null);
    goOnAs(person);
  };
  return (
    <Modal
      opened
      centered
      zIndex={LAYER}
      onClose={() => undefined}
      onKeyDown={(event) => event.stopPropagation()}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={t("title")}
      overlayProps={{ backgroundOpacity: 0.6, blur: 6 }}
    >
      <p className={styles.lead}>{t("lead", { name })}</p>
      <SignInFields
        busy={busy}
        failure={failure}
        attributes={KEYS_STAY}
        onSubmit={(typed, password) => void enter(typed, password)}
      >
        <Button variant="subtle" {...KEYS_STAY} fullWidth onClick={() => leaveFor("/sign-in")}>
          {t("leave")}
        </Button>
      </SignInFields>
    </Modal>
  );
}

function leaveFor(path: string): void {
  sessionGate.leave();
  window.location.assign(path);
}

/** null: nobody, or the server cannot be reached. */
async function whoIsSignedIn(): Promise<string | null> {
  try {
    const response = await fetch("/api/v1/session");
    return response.ok ? ((await response.json()) as { id: string }).id : null;
  } catch {
    return null;
  }
}
