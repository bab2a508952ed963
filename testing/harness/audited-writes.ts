import type { Actor } from "#server/access/can.ts";
import type { AuditAction } from "#server/contracts/audit-actions.ts";

/** A request, as a test of audited writes makes it. */
export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly version?: number;
  readonly search?: string;
  readonly body?: object | string;
  readonly type?: string;
  readonly cookie?: string;
}

/** A route that must leave an audit entry. */
export interface Write {
  readonly action: AuditAction;
  /** By whom, where it is not Ada. */
  readonly actor?: () => string;
  /** Who is signed in, where it is not Ada. */
  readonly as?: Actor;
  /** Makes what it is done to. */
  readonly prepare: () => Promise<Asked>;
}
