import type { ListColumn } from "#server/contracts/list-form.ts";

/** What people and other systems call the columns, as `plainName` writes it. */
const NAMES: Readonly<Record<ListColumn, readonly string[]>> = {
  id: [
    ...["id", "user id", "userid", "customer", "customer id", "customer no", "customer number", "client id"],
    ...["客户号", "客户编号", "客户id", "客户代码", "用户id", "用户号", "用户编号", "编号", "会员号"],
  ],
  raw_premium: [
    ...["raw premium", "rawpremium", "baseline", "baseline premium", "baseline amount", "insured amount"],
    ...["amount", "premium", "sum insured", "coverage amount"],
    ...[
      "原保额",
      "保额",
      "原始保额",
      "基准保额",
      "基线保额",
      "原保费",
      "基准保费",
      "基线保费",
      "基线",
      "金额",
    ],
  ],
  raw_info: [
    ...["raw info", "rawinfo", "cover", "coverage", "info", "insurance", "policy info", "cover info"],
    ...["原保障信息", "保障信息", "原保障", "保障", "当前保障", "原始保障信息", "原信息", "险种", "保险信息"],
  ],
  segment: [
    ...["segment", "customer segment", "customer group", "group"],
    ...["分组", "客群", "客户分组", "客户群", "客户分群"],
  ],
  customer_name: [
    ...["customer name", "customername", "name", "client name", "insured name", "policyholder"],
    ...["客户姓名", "客户名称", "客户名", "姓名", "投保人", "投保人姓名"],
  ],
  customer_tel: [
    ...["customer tel", "customertel", "customer telephone", "customer phone", "telephone", "tel", "phone"],
    ...["phone number", "mobile", "mobile phone"],
    ...[
      "客户电话",
      "联系电话",
      "电话",
      "电话号码",
      "手机",
      "手机号",
      "手机号码",
      "客户手机",
      "客户手机号",
      "联系方式",
    ],
  ],
  baseline_as_of: [
    ...["baseline as of", "baselineasof", "baseline since", "as of", "baseline time", "baseline date"],
    ...["基准时间", "基准日期", "基线时间", "基线日期", "生效时间", "生效日期"],
  ],
  version: ["version", "row version", "版本", "版本号"],
  removed_at: ["removed at", "removedat", "移除时间", "删除时间"],
};

const COLUMNS = new Map(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name) => [name, column as ListColumn] as const),
  ),
);

/** The column that a name of a header means, in whatever language, case, quotes or width it is written; null: none of ours. */
export function columnOf(name: string): ListColumn | null {
  return COLUMNS.get(plainName(name)) ?? null;
}

/** Blanks are one by one. */
const UNIT = / ?(?:[([] ?|[,/] ?)(?:cny|rmb|¥|人民币)? ?(千|万|亿)?(?:元|yuan|cny|rmb|¥)? ?[)\]]? ?$/;
const EXPONENTS: Readonly<Record<string, number>> = { 千: 3, 万: 4, 亿: 8 };

/** The power of ten that a header tells its amounts in: 4 for `原保额（万元）`. */
export function unitOf(name: string): number {
  return EXPONENTS[UNIT.exec(folded(name))?.[1] ?? ""] ?? 0;
}

const folded = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");

/** Lower case, half width, without quotes, units (“, CNY”, “（元）”), what cannot be seen, and doubled or other spaces. */
function plainName(name: string): string {
  return folded(name)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/["'“”‘’「」*]/g, "")
    .replace(/[:：] ?$/, "")
    .replace(UNIT, "")
    .replace(/^[\s=]+/, "")
    .replace(/[\s_-]+/g, " ")
    .trim();
}
