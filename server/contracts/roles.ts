/** What a person may be; what each may do stands in server/access/can.ts. */
export const ROLES = ["operations", "manager", "administrator", "auditor"] as const;
export type Role = (typeof ROLES)[number];
