export const adminEn = {
  title: "Administration",
  /** In the rail, which is narrow. */
  nav: "Admin",
  tabs: { people: "People", apiKeys: "API keys", audit: "Audit log", settings: "Settings" },
};
