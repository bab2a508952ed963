import { isWayIn } from "../access/way-in.ts";
import type { Context } from "../context.ts";
import type { SettingsPatch } from "../contracts/api/settings.ts";
import { isGuarded } from "../four-eyes/propose.ts";
import { AppError } from "../lib/errors.ts";

/** Whether somebody else has to confirm it: what is guarded is not opened by one person alone. */
export const isChangeGuarded = async (
  ctx: Pick<Context, "settings">,
  { changes }: SettingsPatch,
): Promise<boolean> => "FOUR_EYES" in changes && (await isGuarded(ctx, "settings"));

/** Nobody could confirm anything. */
class NoSecondAdministrator extends AppError {
  constructor() {
    super(
      "no_second_administrator",
      409,
      "There is no second administrator who can sign in and could confirm: make or enable one first.",
    );
  }
}

/** Whoever holds its link would be the second one. */
class AdministratorInvited extends AppError {
  constructor(name: string) {
    super(
      "administrator_invited",
      409,
      `${name} is invited as an administrator: take the invitation back first.`,
    );
  }
}

/** Acts are guarded where two can decide on them. @throws {NoSecondAdministrator | AdministratorInvited} */
export async function requireSecondAdministrator(
  { db, now, config }: Pick<Context, "db" | "now" | "config">,
  { changes }: SettingsPatch,
): Promise<void> {
  const asked = changes.FOUR_EYES?.trim() ?? "";
  if (asked === "" || asked === "none") return;
  const can = { role: "administrator", disabledAt: null, accounts: { some: isWayIn(config) } };
  const count = await db.user.count({ where: can });
  if (count < 2) throw new NoSecondAdministrator();
  const open = { role: "administrator", outcome: null, expiresAt: { gt: new Date(now()) } };
  const invited = await db.invitation.findFirst({ where: open, select: { name: true } });
  if (invited && asked.includes("roles")) throw new AdministratorInvited(invited.name);
}
