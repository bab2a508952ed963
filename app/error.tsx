"use client";
import { Failed } from "../components/shell/notices.tsx";

/** What even the frame of the pages could not be made for, such as the database being away. */
export default function RootError({ reset }: { readonly reset: () => void }) {
  return <Failed onRetry={reset} />;
}
