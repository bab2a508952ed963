import type { liveEn } from "./en.ts";

export const liveZh: typeof liveEn = {
  live: "实时",
  connecting: "连接中",
  reconnecting: "重新连接中",
  offline: "离线",
  signedOut: "已退出",
  paused: "已暂停",
  age: "数据 {seconds} 秒前",
  ageMinutes: "数据 {minutes} 分钟前",
  ageHours: "数据 {hours} 小时前",
  noData: "今天还没有数据",
  since: "自 {time} 起",
  pausedSince: "自 {time} 起 · {count} 处变化等待显示",
  reloadResumes: "重新加载页面也会结束暂停。",
  caughtUp: "已补上 {count} 处变化",
  completeTo: "数据完整至 {time}",
  pause: "暂停",
  resume: "继续",
};
