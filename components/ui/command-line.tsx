"use client";
import { CopyButton, UnstyledButton } from "@mantine/core";
import styles from "./command-line.module.css";

interface CommandLineProps {
  readonly command: string;
  readonly copy: string;
  readonly copied: string;
}

/** A command to be copied into a terminal. */
export function CommandLine({ command, copy, copied }: CommandLineProps) {
  return (
    <div className={styles.box}>
      <pre className={styles.command}>{command}</pre>
      <CopyButton value={command}>
        {({ copied: done, copy: take }) => (
          <UnstyledButton className={styles.copy} onClick={take}>
            {done ? copied : copy}
          </UnstyledButton>
        )}
      </CopyButton>
    </div>
  );
}
