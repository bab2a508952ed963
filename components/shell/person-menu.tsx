"use client";
import { useState } from "react";
import { onDemand } from "../ui/on-demand.tsx";
import { PersonButton } from "./person-button.tsx";

const Opened = onDemand(() => import("./opened-person-menu.tsx").then((module) => module.OpenedPersonMenu));

/** The person, their language, their theme, and the way out. */
export function PersonMenu() {
  const [asked, setAsked] = useState(false);
  const button = (
    <PersonButton onClick={() => setAsked(true)} onPointerEnter={Opened.load} onFocus={Opened.load} />
  );
  return asked ? <Opened meanwhile={() => button} /> : button;
}
