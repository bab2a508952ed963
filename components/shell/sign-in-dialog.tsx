"use client";
import { Button, Modal } from "@mantine/core";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslations } from "use-intl";
import type { WaysIn } from "#server/contracts/single-sign-on.ts";
import { sessionGate } from "../ui/session-gate.ts";
import styles from "./card-page.module.css";
import { CodeFields } from "./code-fields.tsx";
import { ProviderWindow } from "./provider-window.tsx";
import { useSession } from "./session.tsx";
import { SignInFields } from "./sign-in-fields.tsx";
import { onSignedIn as onSignedInElsewhere } from "./signed-in-channel.ts";
import { type SigningIn, useSignIn } from "./use-sign-in.ts";

/** Above every drawer and dialog of a page. */
const LAYER = 500;
/** What lies below hears no key: Escape would close it with what was typed there. */
const KEYS_STAY = { "data-mantine-stop-propagation": true } as const;

/** Over the page of which the session has ended; there is no way past it but to sign in or to leave. */
export function SignInDialog({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const t = useTranslations("shell.again");
  const { name, id, waysIn } = useSession();
  // In a window of their own they may still owe their code, which they give there.
  const hasWindow = useRef(false);
  const markWindow = () => {
    hasWindow.current = true;
  };
  const goOnAs = (person: SignedIn | null) => {
    // Somebody else's page is not theirs to see, and not theirs to go on with; who owes a second factor goes and enrols one.
    if (person?.id === id && person.secondFactor !== "needed") onSignedIn();
    else if (person?.id === id && hasWindow.current) return;
    else if (person) leaveFor("/");
  };
  // Signed in again in another tab.
  const look = useEffectEvent(() => void whoIsSignedIn().then(goOnAs));
  useEffect(() => {
    const onFocus = () => look();
    window.addEventListener("focus", onFocus);
    const unhear = onSignedInElsewhere(onFocus);
    return () => {
      window.removeEventListener("focus", onFocus);
      unhear();
    };
  }, []);
  const signing = useSignIn(async () => {
    const person = await whoIsSignedIn();
    goOnAs(person);
    return person ? null : "unreachable";
  });
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
      <Fields signing={signing} waysIn={waysIn} onWindow={markWindow} />
    </Modal>
  );
}

function Fields({
  signing: { step, isBusy, failure, enter, giveCode, restart },
  waysIn: { hasPassword, providers },
  onWindow,
}: {
  readonly signing: SigningIn;
  readonly waysIn: WaysIn;
  readonly onWindow: () => void;
}) {
  const t = useTranslations("shell.again");
  if (step === "code") {
    return (
      <CodeFields
        busy={isBusy}
        failure={failure}
        attributes={KEYS_STAY}
        onSubmit={giveCode}
        onRestart={restart}
      />
    );
  }
  const below = (
    <>
      <ProviderWindow providers={providers} disabled={isBusy} attributes={KEYS_STAY} onOpened={onWindow} />
      <Button variant="subtle" {...KEYS_STAY} fullWidth onClick={() => leaveFor("/sign-in")}>
        {t("leave")}
      </Button>
    </>
  );
  // Who has neither any more finds a password link here, once an administrator gave them one.
  if (!hasPassword && providers.length > 0) return <div className={styles.form}>{below}</div>;
  return (
    <SignInFields busy={isBusy} failure={failure} attributes={KEYS_STAY} onSubmit={enter}>
      {below}
    </SignInFields>
  );
}

interface SignedIn {
  readonly id: string;
  readonly secondFactor: "given" | "needed" | "none";
}

function leaveFor(path: string): void {
  sessionGate.leave();
  window.location.assign(path);
}

/** null: nobody, or the server cannot be reached. */
async function whoIsSignedIn(): Promise<SignedIn | null> {
  try {
    const response = await fetch("/api/v1/session");
    return response.ok ? ((await response.json()) as SignedIn) : null;
  } catch {
    return null;
  }
}
