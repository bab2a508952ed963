/** Two waves and a point of light. */
export function Logo() {
  return (
    <svg viewBox="0 0 36 36" width="36" height="36" role="img" aria-label="Tidewatch">
      <rect width="36" height="36" rx="8" fill="var(--tw-accent)" />
      <g fill="none" stroke="var(--tw-on-accent)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M7 20c3.700-3.400 7.300-3.400 11 0s7.300 3.400 11 0" />
        <path d="M7 26.500c3.700-3.400 7.300-3.400 11 0s7.300 3.400 11 0" opacity="0.6" />
      </g>
      <circle cx="25" cy="11.500" r="2.600" fill="var(--tw-on-accent)" />
    </svg>
  );
}
