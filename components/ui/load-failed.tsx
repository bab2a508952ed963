"use client";
import { Button } from "@mantine/core";
import styles from "./load-failed.module.css";

/** What failed, and the way to try again. */
export function LoadFailed({
  message,
  retry,
  onRetry,
}: {
  readonly message: string;
  readonly retry: string;
  readonly onRetry: () => void;
}) {
  return (
    <div role="alert" className={styles.failed}>
      <p>{message}</p>
      <Button variant="default" onClick={onRetry}>
        {retry}
      </Button>
    </div>
  );
}
