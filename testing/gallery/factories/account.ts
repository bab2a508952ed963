import type { OwnAccount } from "#server/contracts/api/me.ts";
import { TOLD, TOLD_KINDS } from "#server/contracts/told.ts";

const FACTOR = {
  isAsked: true,
  enrolledAt: "2026-11-20T02:00:00.000Z",
  recoveryCodesLeft: 8,
} as const;

/** Somebody with a second factor who is signed in twice. */
export function anAccount(factor: Partial<OwnAccount["secondFactor"]> = {}): OwnAccount {
  return {
    name: "Lin Wei",
    email: "lin.wei@example.test",
    username: null,
    role: "administrator",
    secondFactor: { ...FACTOR, ...factor },
    told: { canMail: true, kinds: TOLD_KINDS.map((kind) => ({ kind, isOn: TOLD[kind].isOn })) },
    sessions: [
      {
        id: "session",
        isYours: true,
        browser: "Firefox",
        system: "Windows",
        isHandheld: false,
        address: "203.0.113.7",
        since: "2026-11-22T01:30:00.000Z",
        lastSeenAt: "2026-11-22T01:30:00.000Z",
      },
      {
        id: "other",
        isYours: false,
        browser: null,
        system: "iPhone",
        isHandheld: true,
        address: "2001:db8:85a3::8a2e:370:7334",
        since: "2026-11-21T23:05:00.000Z",
        lastSeenAt: "2026-11-21T23:05:00.000Z",
      },
    ],
  };
}

/** No second factor, and none is asked. */
export const anAccountWithoutFactor = (): OwnAccount =>
  anAccount({ isAsked: false, enrolledAt: null, recoveryCodesLeft: null });

/** As the server answers who begins to enrol. */
export const aBegunEnrolment = () => ({
  totpURI:
    "otpauth://totp/Tidewatch:lin.wei%40example.test?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSW&issuer=Tidewatch&digits=6&period=30",
  backupCodes: Array.from({ length: 10 }, (_, n) => `k7mp${n}-4tq9w`),
});
