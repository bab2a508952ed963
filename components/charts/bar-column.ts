/** One place on the axis of a bar chart. A missing value is null and leaves a gap; below zero is drawn below the line. */
export interface BarColumn {
  readonly key: string;
  /** Under the axis. */
  readonly label: string;
  /** Filled bar. */
  readonly solid: number | null;
  /** Dashed outline around it. */
  readonly outline: number | null;
  /** A step of the line that stands for what is compared. */
  readonly compared: number | null;
  /** Not over yet: hatched. */
  readonly isPartial: boolean;
  /** A small triangle above. */
  readonly isMarked: boolean;
}
