import { useTranslations } from "use-intl";
import styles from "./card-page.module.css";

/** Why nobody can sign in yet, and what to do: the demo's people get in nowhere else, or nobody has been made. */
export function SignInHint({ words }: { readonly words: "closedDemo" | "nobody" }) {
  const t = useTranslations("shell.signIn");
  return (
    <p className={styles.hint} role="note">
      {t.rich(words, { code: (text) => <code>{text}</code> })}
    </p>
  );
}
