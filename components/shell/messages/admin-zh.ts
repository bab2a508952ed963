import type { adminEn } from "./admin-en.ts";

export const adminZh: typeof adminEn = {
  title: "管理",
  nav: "管理",
  waiting: "{count} 项操作等待您确认",
  tabs: { people: "人员", apiKeys: "API 密钥", audit: "审计日志", settings: "设置" },
};
