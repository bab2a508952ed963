"use client";
import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { IconCopy, IconPhone } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { CustomerContact, Revealed } from "#server/contracts/api/retention.ts";
import { barsOf } from "#server/contracts/contact-bars.ts";
import {
  type ContactBar,
  REVEAL_FIELDS,
  REVEAL_REASONS,
  type RevealReason,
} from "#server/contracts/reveal.ts";
import { plainText } from "../ui/plain-text.ts";
import { Segments } from "../ui/segments.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./call-form.module.css";
import { ClosedOffice } from "./closed-office.tsx";
import { useReveal } from "./use-reveal.ts";

interface RevealPartProps {
  readonly caseId: string;
  readonly contact: CustomerContact;
}

/** Asks why, shows one field for a minute, and says beforehand what stands against a call. */
export function RevealPart({ caseId, contact }: RevealPartProps) {
  const t = useTranslations("retention.call");
  const errorWords = useErrorWords();
  const [field, setField] = useState<(typeof REVEAL_FIELDS)[number]>("telephone");
  const [reason, setReason] = useState<RevealReason>("calling");
  const { ask, isAsking, error, shown, secondsLeft } = useReveal(caseId);
  const bars = field === "telephone" ? barsOf(contact) : [];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("why") ?? "").trim();
    ask({ field, reason, ...(note ? { note } : {}), ...(bars.length > 0 ? { overrides: bars } : {}) });
  };
  return (
    <form className={styles.part} onSubmit={submit}>
      <Segments
        label={t("what")}
        value={field}
        data={REVEAL_FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))}
        onChange={setField}
      />
      <Radio.Group label={t("why")} value={reason} onChange={(value) => setReason(value as RevealReason)}>
        <div className={styles.reasons}>
          {REVEAL_REASONS.map((value) => (
            <Radio key={value} value={value} label={t(`reasons.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      {reason === "other" ? (
        <TextInput name="why" label={t("inWords")} required maxLength={500} autoComplete="off" />
      ) : null}
      {field === "telephone" ? <ClosedOffice /> : null}
      {bars.map((bar) => (
        <Bar key={bar} bar={bar} contact={contact} />
      ))}
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorWords(error)}
        </p>
      ) : null}
      {shown?.field === field ? (
        <Shown shown={shown} secondsLeft={secondsLeft} />
      ) : (
        <Button type="submit" loading={isAsking}>
          {t(`show.${field}`)}
        </Button>
      )}
      <p className={styles.quiet}>
        {shown?.field === field ? t("counted", { count: shown.count, limit: shown.limit }) : t("kept")}
      </p>
    </form>
  );
}

/** What stands against calling; who calls all the same ticks it. */
function Bar({ bar, contact }: { readonly bar: ContactBar; readonly contact: CustomerContact }) {
  const t = useTranslations("retention.call");
  const format = useFormatter();
  const { barred, reached, limit } = contact;
  const words =
    bar === "limit"
      ? t("bars.limit", { reached, days: limit.days })
      : t("bars.do_not_contact", {
          who: plainText(barred?.by?.name ?? "–"),
          when: barred ? format.dateTime(new Date(barred.at), { month: "short", day: "numeric" }) : "–",
        });
  return <Checkbox required className={styles.warning} label={`${words} ${t("allTheSame")}`} />;
}

/** As the mask has it: 138 1234 5678. */
const grouped = (telephone: string): string =>
  plainText(telephone).replace(/^(\+?86 ?)?(1\d{2})(\d{4})(\d{4})$/, (_, country = "", ...parts: string[]) =>
    [country.trim(), ...parts.slice(0, 3)].filter(Boolean).join(" "),
  );

function Shown({ shown, secondsLeft }: { readonly shown: Revealed; readonly secondsLeft: number }) {
  const t = useTranslations("retention.call");
  const { field, value } = shown;
  return (
    <div className={styles.shown}>
      <strong className={styles.value}>{field === "telephone" ? grouped(value) : plainText(value)}</strong>
      <span className={styles.quiet}>{t("maskedIn", { seconds: secondsLeft })}</span>
      <div className={styles.uses}>
        <Button
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden="true" />}
          onClick={() => void navigator.clipboard.writeText(value)}
        >
          {t("copy")}
        </Button>
        {field === "telephone" ? (
          <Button
            component="a"
            href={`tel:${value.replace(/[^+\d]/g, "")}`}
            leftSection={<IconPhone size={16} aria-hidden="true" />}
          >
            {t("dial")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
