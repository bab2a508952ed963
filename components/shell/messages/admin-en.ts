export const adminEn = {
  title: "Administration",
  /** In the rail, which is narrow. */
  nav: "Admin",
  waiting: "{count, plural, one {one act waits} other {# acts wait}} for your confirmation",
  tabs: { people: "People", apiKeys: "API keys", audit: "Audit log", settings: "Settings" },
};
