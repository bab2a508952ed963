import type { FieldCipher } from "../lib/field-cipher.ts";

/** Signs session cookies, and seals second factors. */
export const sessionSecret = (cipher: Pick<FieldCipher, "derive">): string => cipher.derive("sessions");
