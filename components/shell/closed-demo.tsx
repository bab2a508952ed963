import { useTranslations } from "use-intl";
import styles from "./card-page.module.css";

/** Why the demo's people do not get in, and the ways out of it. */
export function ClosedDemo() {
  const t = useTranslations("shell.signIn");
  return (
    <p className={styles.hint} role="note">
      {t.rich("closedDemo", { code: (words) => <code>{words}</code> })}
    </p>
  );
}
