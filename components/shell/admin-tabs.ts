/** The parts of /admin, each with the right that shows it; `admin.tabs` among the words names it. Another part is a line here. */
export const ADMIN_TABS = [
  { name: "people", href: "/admin/people", action: "people.read" },
  { name: "apiKeys", href: "/admin/api-keys", action: "api-keys.read" },
  { name: "audit", href: "/admin/audit", action: "audit.read" },
  { name: "settings", href: "/admin/settings", action: "settings.read" },
] as const;
