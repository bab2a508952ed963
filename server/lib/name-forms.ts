/** How names and telephones are compared: by what people mean, not by how they wrote it. */

const HAN_ALONE = /^\p{Script=Han}+$/u;

/** Chinese surnames of two characters. */
const DOUBLE_SURNAMES = new Set(
  (
    "欧阳 歐陽 太史 端木 上官 司马 司馬 东方 東方 独孤 獨孤 南宫 南宮 万俟 萬俟 闻人 聞人 夏侯 诸葛 諸葛 尉迟 尉遲 公羊 赫连 赫連 澹台 澹臺 皇甫 宗政 濮阳 濮陽 " +
    "公冶 太叔 申屠 公孙 公孫 慕容 仲孙 仲孫 钟离 鐘離 鍾離 长孙 長孫 宇文 司徒 鲜于 鮮于 司空 闾丘 閭丘 令狐 百里 呼延 东郭 東郭 南门 南門 羊舌 微生 " +
    "梁丘 左丘 东门 東門 西门 西門 拓跋 第五 完颜 完顏 叶赫 葉赫 纳兰 納蘭 耶律"
  ).split(" "),
);
/** A given name is behind it: of two characters, the first is the surname. */
const SHORTEST_WITH_DOUBLE = 3;

/** One width, one case, one form of blanks and of the dot between parts; blanks between Chinese characters mean nothing. */
export function comparableName(name: string): string {
  const plain = name
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .replace(/ ?[·•・‧∙⋅] ?/gu, "·")
    .trim();
  const joined = plain.replaceAll(" ", "");
  return HAN_ALONE.test(joined) ? joined : plain;
}

/** Of a Chinese name the first character, or the two of a double surname; of others what stands before a comma, or the last word. */
export function comparableSurname(name: string): string {
  const plain = comparableName(name);
  if (HAN_ALONE.test(plain)) {
    const characters = Array.from(plain);
    const firstTwo = characters.slice(0, 2).join("");
    const isDouble = characters.length >= SHORTEST_WITH_DOUBLE && DOUBLE_SURNAMES.has(firstTwo);
    return isDouble ? firstTwo : (characters[0] ?? "");
  }
  const beforeComma = /^([^,，]+)[,，]/u.exec(plain)?.[1]?.trim();
  return beforeComma || (plain.split(/[\s·]+/u).at(-1) ?? "");
}

/** Behind it stands an extension, which a caller types after being connected. */
const EXTENSION = /转|ext\.?|x|#|,/iu;
const MOBILE = /^1[3-9]\d{9}$/;

/**
 * Digits alone, with a `+` before those of another country: 0086 138 1234 5678, +86 13812345678 and 138-1234-5678 are one number,
 * 010 8888 0000 and +86 10 8888 0000 another.
 */
export function comparableTelephone(telephone: string): string {
  const [number = ""] = telephone.normalize("NFKC").split(EXTENSION, 1);
  const plain = number.replace(/\(0\)/g, "");
  const digits = plain.replace(/\D/g, "");
  const abroad = plain.trim().startsWith("+") ? digits : /^00(\d+)$/.exec(digits)?.[1];
  if (abroad === undefined)
    return MOBILE.test(digits.slice(2)) && digits.startsWith("86") ? digits.slice(2) : digits;
  if (!abroad.startsWith("86")) return `+${abroad}`;
  const national = abroad.slice(2);
  return MOBILE.test(national) || national.startsWith("0") ? national : `0${national}`;
}
