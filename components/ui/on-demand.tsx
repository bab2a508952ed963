"use client";
import { type ComponentType, type ReactNode, startTransition, useLayoutEffect, useState } from "react";

export interface OnDemandProps {
  /** What keeps the part's place until it has come; `retry` once it could not be loaded. */
  readonly meanwhile?: (retry: (() => void) | null) => ReactNode;
}

/** A part whose code comes when it is first shown, or asked for ahead of that by `load`. */
export interface OnDemand<P> {
  (props: P & OnDemandProps): ReactNode;
  readonly load: () => void;
}

/** Server and first paint show what keeps the place, so nothing depends on how soon the code comes. */
export function onDemand<P extends object>(read: () => Promise<ComponentType<P>>): OnDemand<P> {
  let part: ComponentType<P> | null = null;
  let reading: Promise<void> | null = null;
  const load = (): Promise<void> => {
    reading ??= read()
      .then((found) => {
        part = found;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: made once, when its module is read
  function Part(props: P & OnDemandProps) {
    const { meanwhile, ...rest } = props;
    const [attempt, setAttempt] = useState(0);
    const [state, setState] = useState<"waiting" | "here" | "failed">("waiting");
    // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads again
    useLayoutEffect(() => {
      if (part) return setState("here"); // before the paint: what is here already never flashes
      const show = (next: typeof state) => startTransition(() => setState(next));
      load().then(
        () => show("here"),
        () => show("failed"),
      );
    }, [attempt]);
    const retry = () => {
      setState("waiting");
      setAttempt((count) => count + 1);
    };
    if (state !== "here" || !part) return meanwhile?.(state === "failed" ? retry : null) ?? null;
    const Shown = part;
    return <Shown {...(rest as unknown as P)} />;
  }
  return Object.assign(Part, { load: () => void load().catch(() => undefined) });
}
