"use client";
import { useTranslations } from "use-intl";
import { Dialog } from "../ui/dialog.tsx";
import { useAct } from "../ui/use-act.ts";
import { PasswordForm } from "./password-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { renewCodes } from "./second-factor-api.ts";
import { useRereadAccount } from "./use-own-account.ts";

/** Other recovery codes, shown this once. */
export function RenewDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("account");
  const renew = useAct({ mutationFn: renewCodes, onSuccess: useRereadAccount() });
  const codes = renew.data?.backupCodes;
  return (
    <Dialog
      title={t(codes ? "factor.renewed" : "factor.renewTitle")}
      close={t("close")}
      onClose={onClose}
      isCentered={false}
    >
      {codes ? (
        <>
          <p>{t("enrol.codesLead")}</p>
          <RecoveryCodes codes={codes} />
        </>
      ) : (
        <PasswordForm
          lead={t("factor.renewLead")}
          submit={t("factor.renew")}
          act={renew}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
