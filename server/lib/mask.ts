/** Masks of personal data; null stays null. What stays readable is too little to identify anybody. */

/** 王小明 → 王* ; Anna Smith → A* */
export function maskName(name: string | null): string | null {
  if (name === null || name === "") return name;
  return `${Array.from(name)[0]}*`;
}

/** 13812345678 → 138 **** 5678; of shorter numbers two digits are left, or none. What stands between digits makes none longer. */
export function maskTelephone(telephone: string | null): string | null {
  if (telephone === null || telephone === "") return telephone;
  const digits = telephone.replace(/\D/g, "");
  if (digits.length < 7) return "****";
  if (digits.length < 11) return `**** ${digits.slice(-2)}`;
  const first = telephone.startsWith("+") ? `+${digits.slice(0, 2)}` : digits.slice(0, 3);
  return `${first} **** ${digits.slice(-4)}`;
}

/** Certificate numbers keep only their last two characters. */
export function maskCertificate(certificate: string | null): string | null {
  if (certificate === null || certificate === "") return certificate;
  return certificate.length < 6 ? "****" : `**** ${certificate.slice(-2)}`;
}
