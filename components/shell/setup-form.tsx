"use client";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { CardForm } from "./card-form.tsx";
import { CardPage } from "./card-page.tsx";
import { signIn } from "./sign-in.ts";

type Failure = "spent" | "common" | "nameRefused" | "refused" | "unreachable";

/** The first administrator chooses a name, an address and a password, and is signed in. */
export function SetupForm({ token }: { readonly token: string }) {
  const t = useTranslations("shell.setup");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (text: (field: string) => string) => {
    const [name, email, password] = ["name", "email", "password"].map(text);
    setBusy(true);
    const problem = await make({ token, name, email, password });
    setFailure(problem);
    if (problem !== null) return setBusy(false);
    await signIn(email ?? "", password ?? "");
    window.location.assign("/"); // busy until then: pressed again, the button would say that the link is spent
  };
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <CardForm
        isBusy={busy}
        failure={failure ? t(failure) : null}
        submit={t("submit")}
        onSubmit={(text) => void submit(text)}
      >
        <TextInput name="name" label={t("name")} autoComplete="name" withAsterisk={false} required />
        <TextInput
          name="email"
          type="email"
          label={t("email")}
          autoComplete="username"
          withAsterisk={false}
          required
        />
        <PasswordField
          name="password"
          label={t("password")}
          autoComplete="new-password"
          minLength={12}
          maxLength={128}
          withAsterisk={false}
          required
        />
      </CardForm>
    </CardPage>
  );
}

async function make(person: object): Promise<Failure | null> {
  try {
    await fetchJson("/api/setup", { method: "POST", body: person });
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) return "unreachable";
    if (error.status === 403) return "spent";
    if (error.problem.reason === "common") return "common";
    if (error.problem.field === "name") return "nameRefused";
    return error.status < 500 ? "refused" : "unreachable";
  }
}
