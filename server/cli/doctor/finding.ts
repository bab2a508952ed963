/** What one check found. */
export interface Finding {
  readonly check: string;
  readonly state: "ok" | "warning" | "failure";
  readonly told: string;
  /** How to fix it; null when there is nothing to fix. */
  readonly fix: string | null;
}

export const ok = (check: string, told: string): Finding => ({ check, state: "ok", told, fix: null });
export const warning = (check: string, told: string, fix: string): Finding => ({
  check,
  state: "warning",
  told,
  fix,
});
export const failure = (check: string, told: string, fix: string): Finding => ({
  check,
  state: "failure",
  told,
  fix,
});
