/**
 * The key-user list as plain objects, written from the rules alone (K3, K5, W4): what imports, edits, events and undos must leave
 * behind. It knows no SQL and shares no code with the product. Amounts are hundredths.
 */

/** A row; everything that is not its version comes back with an undo. */
export interface ModelRow {
  readonly premium: number;
  readonly info: string | null;
  /** ms; null: since the beginning of time. */
  readonly asOf: number | null;
  readonly isEvents: boolean;
  /** Baselines since listing or the last closed case: their greatest is the anchor. */
  readonly heights: readonly number[];
  readonly isRemoved: boolean;
  readonly version: number;
  /** How many cases were closed: an anchor of before one does not come back. */
  readonly closed: number;
}

export interface ModelLine {
  readonly user: number;
  readonly premium: number;
  readonly info: string | null;
  /** ms; null: not given. */
  readonly asOf: number | null;
}

interface Written {
  readonly user: number;
  readonly before: ModelRow | null;
  readonly version: number;
}

type Import = { readonly rows: readonly Written[]; isUndone: boolean };

export class ModelList {
  readonly rows = new Map<number, ModelRow>();
  readonly imports: Import[] = [];

  /** @returns whether anything was written, and so is an entry of the log */
  load(lines: readonly ModelLine[], now: number): boolean {
    const written: Written[] = [];
    for (const line of lines) {
      const before = this.rows.get(line.user) ?? null;
      const after = afterImport(before, line, now);
      if (after === null) continue;
      this.rows.set(line.user, after);
      written.push({ user: line.user, before, version: after.version });
    }
    if (written.length > 0) this.imports.push({ rows: written, isUndone: false });
    return written.length > 0;
  }

  /** @returns rows that went back or left the list, and those that were left; null: it is refused */
  undo(index: number): { taken: number; left: number[] } | null {
    const made = this.imports[index];
    if (!made || made.isUndone) return null;
    const fresh = made.rows.filter(({ user, version }) => this.rows.get(user)?.version === version);
    if (fresh.length === 0) return null;
    for (const { user, before } of fresh) {
      const now = this.rows.get(user);
      if (now) this.rows.set(user, afterUndo(now, before));
    }
    made.isUndone = true;
    const left = made.rows.filter((row) => !fresh.includes(row)).map(({ user }) => user);
    return { taken: fresh.length, left };
  }

  edit(user: number, premium: number | undefined, info: string | undefined, now: number): void {
    const row = this.rows.get(user);
    if (!row || row.isRemoved) return;
    const placed =
      premium === undefined
        ? row
        : { ...row, premium, asOf: now, isEvents: false, heights: [...row.heights, premium] };
    this.rows.set(user, { ...placed, info: info ?? row.info, version: row.version + 1 });
  }

  event(user: number, premium: number, info: string, time: number): void {
    const row = this.rows.get(user);
    if (!row || row.isRemoved) return;
    this.rows.set(user, {
      ...row,
      premium,
      info,
      asOf: time,
      isEvents: true,
      heights: [...row.heights, premium],
      version: row.version + 1,
    });
  }

  remove(user: number): void {
    const row = this.rows.get(user);
    if (row && !row.isRemoved) this.rows.set(user, { ...row, isRemoved: true, version: row.version + 1 });
  }

  restore(user: number): void {
    const row = this.rows.get(user);
    if (!row?.isRemoved) return;
    this.rows.set(user, { ...row, isRemoved: false, heights: [row.premium], version: row.version + 1 });
  }

  /** A case is closed: the anchor starts anew from the baseline that stands. */
  closeCase(user: number): void {
    const row = this.rows.get(user);
    if (row) this.rows.set(user, { ...row, heights: [row.premium], closed: row.closed + 1 });
  }
}

/** null: the line says what stands already. */
function afterImport(before: ModelRow | null, line: ModelLine, now: number): ModelRow | null {
  const { premium, info, asOf } = line;
  if (before === null || before.isRemoved) {
    const version = (before?.version ?? 0) + 1;
    const closed = before?.closed ?? 0;
    return { premium, info, asOf, isEvents: false, heights: [premium], isRemoved: false, version, closed };
  }
  const isMoved = premium !== before.premium || (asOf !== null && asOf !== before.asOf);
  if (!isMoved && info === before.info) return null;
  const version = before.version + 1;
  if (!isMoved) return { ...before, info, version };
  const heights = [...before.heights, premium];
  return { ...before, premium, info, asOf: asOf ?? now, isEvents: false, heights, version };
}

function afterUndo(now: ModelRow, before: ModelRow | null): ModelRow {
  const version = now.version + 1;
  if (before === null) return { ...now, isRemoved: true, version };
  const heights = now.closed === before.closed ? before.heights : [before.premium];
  return { ...before, heights, closed: now.closed, version };
}
