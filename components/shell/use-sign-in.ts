"use client";
import { useState } from "react";
import { type GivenCode, giveCode, type SignInFailure, type SignInOutcome, signIn } from "./sign-in.ts";

/** A sign-in under way: the password, then the code of whoever has a second factor. */
export interface SigningIn {
  readonly step: "password" | "code";
  readonly isBusy: boolean;
  readonly failure: SignInFailure | null;
  readonly enter: (name: string, password: string) => void;
  readonly giveCode: (given: GivenCode) => void;
  /** Back to the password. */
  readonly restart: () => void;
}

/** @param onSignedIn goes on; it says what stood in the way, if something did */
export function useSignIn(onSignedIn: () => Promise<SignInFailure | null>): SigningIn {
  const [step, setStep] = useState<SigningIn["step"]>("password");
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const settle = (next: SigningIn["step"], problem: SignInFailure | null) => {
    setStep(next);
    setFailure(problem);
    setBusy(false);
  };
  const go = async (asking: Promise<SignInOutcome>) => {
    setBusy(true);
    setFailure(null);
    const outcome = await asking;
    if (outcome === "code") return settle("code", null);
    const problem = outcome === "in" ? await onSignedIn() : outcome;
    if (problem !== null) settle(problem === "anew" ? "password" : step, problem);
  };
  return {
    step,
    isBusy,
    failure,
    enter: (name, password) => void go(signIn(name, password)),
    giveCode: (given) => void go(giveCode(given)),
    restart: () => settle("password", null),
  };
}
