"use client";
import { useEffect } from "react";
import { useTranslations } from "use-intl";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is wrong with a field is told in the reader's language; a browser tells it in its own. */
export function FieldWords(): null {
  const words = useFieldWords();
  useEffect(() => {
    const say = ({ target }: Event) => {
      const field = target as Field;
      if (!field.validity.customError) field.setCustomValidity(words(field));
    };
    // A field that is wrong by words of ours stays so until they are taken back.
    const takeBack = ({ target }: Event) => {
      if (target instanceof HTMLElement && "setCustomValidity" in target)
        (target as Field).setCustomValidity("");
    };
    document.addEventListener("invalid", say, true);
    document.addEventListener("input", takeBack, true);
    return () => {
      document.removeEventListener("invalid", say, true);
      document.removeEventListener("input", takeBack, true);
    };
  }, [words]);
  return null;
}

/** A field says by its title what it takes, where its pattern alone would not tell. */
function useFieldWords(): (field: Field) => string {
  const t = useTranslations("shell.fields");
  return (field) => {
    const { validity, title } = field;
    if (validity.valueMissing) return t("missing");
    if (validity.tooShort) return t("short", { count: (field as HTMLInputElement).minLength });
    if (validity.typeMismatch && field.type === "email") return t("email");
    return title || t("other");
  };
}
