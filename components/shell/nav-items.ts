import { IconChartBar, IconEye, IconHeart, IconRoute, IconUsers } from "@tabler/icons-react";

/** The screens of the rail, each with the right that opens it; `nav` among the words of its feature names it. */
export const NAV_ITEMS = [
  { name: "orders", words: "orders", href: "/orders", action: "orders.read", Icon: IconChartBar },
  { name: "retention", words: "retention", href: "/retention", action: "retention.read", Icon: IconHeart },
  { name: "key-users", words: "keyUsers", href: "/key-users", action: "key-users.read", Icon: IconUsers },
  { name: "audience", words: "audience", href: "/audience", action: "audience.read", Icon: IconEye },
  { name: "pipeline", words: "pipeline", href: "/pipeline", action: "pipeline.read", Icon: IconRoute },
] as const;

/** Where a customer number leads, each with the right that opens it; `words` are those of the command. */
export const SEARCHES = [
  {
    name: "find-case",
    words: "findCase",
    href: "/retention?find=",
    action: "retention.read",
    Icon: IconHeart,
  },
  {
    name: "find-key-user",
    words: "findKeyUser",
    href: "/key-users?search=",
    action: "key-users.read",
    Icon: IconUsers,
  },
  {
    name: "find-account",
    words: "findAccount",
    href: "/audience?account=",
    action: "audience.read",
    Icon: IconEye,
  },
] as const;
