import { encode } from "uqr";
import styles from "./enrol.module.css";

/** A QR code, made here: its text goes nowhere. Dark on light in every theme, for cameras read it. */
export function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 3 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg role="img" aria-label={label} className={styles.picture} viewBox={`0 0 ${size} ${size}`}>
      <path d={path} />
    </svg>
  );
}
