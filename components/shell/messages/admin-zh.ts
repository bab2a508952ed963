import type { adminEn } from "./admin-en.ts";

export const adminZh: typeof adminEn = {
  title: "管理",
  nav: "管理",
  tabs: { audit: "审计日志" },
};
