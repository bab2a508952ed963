export const adminEn = {
  title: "Administration",
  /** In the rail, which is narrow. */
  nav: "Admin",
  tabs: { audit: "Audit log" },
};
