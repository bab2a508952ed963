import { type FieldCipher, LOOK_UP } from "./field-cipher.ts";
import { maskName, maskTelephone } from "./mask.ts";
import { comparableName, comparableSurname, comparableTelephone } from "./name-forms.ts";

/**
 * Name and telephone of a customer of the key-user list, as its tables hold them. A name is: look-up of the whole name, look-up of the
 * surname (16 bytes each), sealed value; a telephone is: look-up, sealed value. Look-ups travel with their value, so whatever brings an
 * older value back (an undo, a revert) brings back what it is found by. Equal values of one row are equal bytes: SQL compares them unread.
 */

/** In clear: as people wrote it. */
export interface Contact {
  readonly customerName: string | null;
  readonly customerTel: string | null;
}

/** As it lies in the tables. */
export interface SealedContact {
  readonly customer_name: Uint8Array | null;
  readonly customer_tel: Uint8Array | null;
}

const NAME_PURPOSE = "key_user.customer_name";
const SURNAME_PURPOSE = "key_user.surname";
const TELEPHONE_PURPOSE = "key_user.customer_tel";
/** Look-ups before a sealed name: of the whole and of the surname. */
const BEFORE_NAME = 2 * LOOK_UP;
const BEFORE_TELEPHONE = LOOK_UP;

/** The look-ups within the columns, as SQL; the first migration has an index of each. */
export const firstLookUp = (column: string): string => `substring(${column} FROM 1 FOR ${LOOK_UP})`;
/** Of a surname, behind that of the whole name. */
export const secondLookUp = (column: string): string =>
  `substring(${column} FROM ${LOOK_UP + 1} FOR ${LOOK_UP})`;

const placeOf = (purpose: string, userId: string): string => `${purpose} of ${userId}`;

/** @param userId the customer, in decimal: a value sealed for one cannot be opened as another's */
export function sealName(cipher: FieldCipher, userId: string, name: string): Buffer {
  return Buffer.concat([
    cipher.lookUp(comparableName(name), NAME_PURPOSE),
    cipher.lookUp(comparableSurname(name), SURNAME_PURPOSE),
    cipher.sealSame(Buffer.from(name), placeOf(NAME_PURPOSE, userId)),
  ]);
}

/** @param userId as of `sealName` */
export function sealTelephone(cipher: FieldCipher, userId: string, telephone: string): Buffer {
  return Buffer.concat([
    cipher.lookUp(comparableTelephone(telephone), TELEPHONE_PURPOSE),
    cipher.sealSame(Buffer.from(telephone), placeOf(TELEPHONE_PURPOSE, userId)),
  ]);
}

/** In clear: for who has the right to it, and for masks. @throws when it is not this customer's, or was sealed with another key */
export function openContact(
  cipher: FieldCipher,
  userId: string,
  { customer_name: name, customer_tel: telephone }: SealedContact,
): Contact {
  const open = (sealed: Uint8Array, before: number, purpose: string) =>
    cipher.openSame(sealed.subarray(before), placeOf(purpose, userId)).toString();
  return {
    customerName: name && open(name, BEFORE_NAME, NAME_PURPOSE),
    customerTel: telephone && open(telephone, BEFORE_TELEPHONE, TELEPHONE_PURPOSE),
  };
}

/** What everybody may see of it who sees the customer. */
export function maskedContact(cipher: FieldCipher, userId: string, sealed: SealedContact): Contact {
  const { customerName, customerTel } = openContact(cipher, userId, sealed);
  return { customerName: maskName(customerName), customerTel: maskTelephone(customerTel) };
}

/** Before and after of both, sealed; as queries name them. */
export interface SealedMove {
  readonly name_before: Uint8Array | null;
  readonly name_after: Uint8Array | null;
  readonly tel_before: Uint8Array | null;
  readonly tel_after: Uint8Array | null;
}

/** Masks of before and after, as answers name them. */
export interface MaskedMove {
  readonly customerNameBefore: string | null;
  readonly customerNameAfter: string | null;
  readonly customerTelBefore: string | null;
  readonly customerTelAfter: string | null;
}

/** What everybody may see of a change who sees the customer: that there was one, and masks. */
export function maskedMove(cipher: FieldCipher, userId: string, move: SealedMove): MaskedMove {
  const before = maskedContact(cipher, userId, {
    customer_name: move.name_before,
    customer_tel: move.tel_before,
  });
  const after = maskedContact(cipher, userId, {
    customer_name: move.name_after,
    customer_tel: move.tel_after,
  });
  return {
    customerNameBefore: before.customerName,
    customerNameAfter: after.customerName,
    customerTelBefore: before.customerTel,
    customerTelAfter: after.customerTel,
  };
}

/** What a search for a text looks for. */
export interface LookUps {
  readonly name: Buffer;
  readonly surname: Buffer;
  readonly telephone: Buffer;
}

/** The look-ups that a text would have as a whole name, as a surname, and as a telephone. */
export const lookUpsOf = (cipher: FieldCipher, text: string): LookUps => ({
  name: cipher.lookUp(comparableName(text), NAME_PURPOSE),
  surname: cipher.lookUp(comparableName(text), SURNAME_PURPOSE),
  telephone: cipher.lookUp(comparableTelephone(text), TELEPHONE_PURPOSE),
});
