import styles from "./sparkline.module.css";

const WIDTH = 96;
const HEIGHT = 24;
/** Room for the line's own width at top and bottom. */
const INSET = 2;

/** A small line without axes, from zero to its greatest value; the words beside it carry the figure. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const greatest = Math.max(1e-9, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map((value, index) => {
    const y = HEIGHT - INSET - (value / greatest) * (HEIGHT - 2 * INSET);
    return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className={styles.line} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {values.length > 1 ? <polyline points={points.join(" ")} /> : null}
    </svg>
  );
}
