"use client";
import { Failed } from "#components/shell/notices.tsx";

export default function PageError({ reset }: { readonly reset: () => void }) {
  return <Failed onRetry={reset} />;
}
