/** Words of the simulated insurer: names, covers, pages. */

export const SURNAMES = [
  ..."王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余",
];
export const GIVEN_NAMES = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国志梅婷宇浩然子轩雨欣梓涵思远嘉怡晨曦若曦一诺",
];

/** Products on sale: the source's order_type, and what most people pay, in yuan. */
export const PRODUCTS = [
  { type: "1", name: "意外险", low: 66, high: 320, weight: 30 },
  { type: "2", name: "百万医疗险", low: 220, high: 760, weight: 28 },
  { type: "3", name: "车险", low: 340, high: 1_400, weight: 12 },
  { type: "4", name: "旅行险", low: 30, high: 190, weight: 16 },
  { type: "5", name: "重疾险", low: 400, high: 1_900, weight: 9 },
  { type: "6", name: "家财险", low: 90, high: 420, weight: 5 },
] as const;

/** Covers of key customers, from the richest to the poorest. */
export const COVERS = [
  "终身寿险 A",
  "终身寿险 B",
  "年金 2031",
  "年金 2036",
  "重疾险 A",
  "重疾险 B",
  "定期寿险 20 年",
  "定期寿险 10 年",
  "意外险 + 医疗",
] as const;
export const NO_COVER = "已退保";

/** Pages of the app by page type. */
export const PAGES = {
  home: ["首页", "首页 · 推荐", "首页 · 活动"],
  product: ["意外险", "百万医疗险", "车险", "旅行险", "重疾险", "家财险"],
  quote: ["保费试算", "投保告知", "健康告知"],
  order: ["确认订单", "支付", "投保成功"],
  policy: ["我的保单", "保单详情", "电子保单"],
  claim: ["理赔申请", "理赔进度", "上传材料"],
  renew: ["续保", "续费提醒"],
  surrender: ["退保试算", "保额调整"],
  service: ["在线客服", "常见问题"],
} as const;
export type PageType = keyof typeof PAGES;
