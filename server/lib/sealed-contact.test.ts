import { describe, expect, test } from "vitest";
import { FieldCipher } from "./field-cipher.ts";
import { lookUpsOf, maskedContact, openContact, sealName, sealTelephone } from "./sealed-contact.ts";

const cipher = new FieldCipher("a secret of tests, longer than thirty-two characters");
const sealed = {
  customer_name: sealName(cipher, "7", "王小明"),
  customer_tel: sealTelephone(cipher, "7", "138-1234-5678"),
};

describe("a sealed contact", () => {
  test("is opened as it was written, and masked", () => {
    expect(openContact(cipher, "7", sealed)).toEqual({
      customerName: "王小明",
      customerTel: "138-1234-5678",
    });
    expect(maskedContact(cipher, "7", sealed).customerName).toBe("王*");
    expect(openContact(cipher, "7", { customer_name: null, customer_tel: null })).toEqual({
      customerName: null,
      customerTel: null,
    });
  });

  test("opens as nobody else's, in no other column, and not when it was changed", () => {
    expect(() => openContact(cipher, "8", sealed)).toThrow();
    expect(() =>
      openContact(cipher, "7", { customer_name: sealed.customer_tel, customer_tel: null }),
    ).toThrow();
    const forged = Buffer.from(sealed.customer_name);
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    expect(() => openContact(cipher, "7", { ...sealed, customer_name: forged })).toThrow();
  });

  test("is the same bytes for the same value of the same customer, and for no other", () => {
    expect(sealName(cipher, "7", "王小明")).toEqual(sealed.customer_name);
    expect(sealName(cipher, "7", "王小朋")).not.toEqual(sealed.customer_name);
    const other = sealName(cipher, "8", "王小明");
    expect(other.subarray(0, 32)).toEqual(sealed.customer_name.subarray(0, 32)); // they are found together
    expect(other.subarray(32)).not.toEqual(sealed.customer_name.subarray(32));
  });

  test("is found by name, surname and telephone, however they are written", () => {
    expect(lookUpsOf(cipher, "王 小明").name).toEqual(sealed.customer_name.subarray(0, 16));
    expect(lookUpsOf(cipher, "王").surname).toEqual(sealed.customer_name.subarray(16, 32));
    expect(lookUpsOf(cipher, "王小").name).not.toEqual(sealed.customer_name.subarray(0, 16));
    expect(lookUpsOf(cipher, "+86 13812345678").telephone).toEqual(sealed.customer_tel.subarray(0, 16));
    const stranger = new FieldCipher("another secret, also longer than thirty-two");
    expect(lookUpsOf(stranger, "王").surname).not.toEqual(sealed.customer_name.subarray(16, 32));
  });
});
