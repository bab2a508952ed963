/** One place on the axis of a bar chart. A missing value is null and leaves a gap. */
export interface BarColumn {
  readonly key: string;
  /** Under the axis. */
  readonly label: string;
  /** Filled bar. */
  readonly solid: number | null;
  /** Dashed outline around it. */
  readonly outline: number | null;
  /** Pale bar behind. */
  readonly ghost: number | null;
  /** Not over yet: hatched. */
  readonly isPartial: boolean;
  /** A small triangle above. */
  readonly isMarked: boolean;
}
