"use client";
import { useTranslations } from "use-intl";
import { useSession } from "../shell/session.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useAct } from "../ui/use-act.ts";
import { PasswordForm } from "./password-form.tsx";
import { removeFactor } from "./second-factor-api.ts";

interface RemoveDialogProps {
  /** The role needs one: another is set up at once. */
  readonly isAsked: boolean;
  readonly onClose: () => void;
}

export function RemoveDialog({ isAsked, onClose }: RemoveDialogProps) {
  const t = useTranslations("account");
  const { hasPassword } = useSession().waysIn;
  const lead = hasPassword ? "factor.removeLead" : "factor.removeLeadWithoutPassword";
  const remove = useAct({
    mutationFn: removeFactor,
    // The session is another one: the server says what it may.
    onSuccess: () => window.location.assign("/me"),
  });
  return (
    <Dialog title={t("factor.removeTitle")} close={t("close")} onClose={onClose} isCentered={false}>
      <PasswordForm
        lead={t(isAsked ? "factor.removeAsked" : lead)}
        submit={t("factor.remove")}
        isDanger
        act={remove}
        onCancel={onClose}
      />
    </Dialog>
  );
}
