import { IconChartBar, IconEye, IconHeart, IconRoute, IconShieldCheck, IconUsers } from "@tabler/icons-react";

/** The screens of the rail, each with the rights of which one opens it; `nav` among the words of its feature names it. */
export const NAV_ITEMS = [
  { name: "orders", words: "orders", href: "/orders", actions: ["orders.read"], Icon: IconChartBar },
  { name: "retention", words: "retention", href: "/retention", actions: ["retention.read"], Icon: IconHeart },
  { name: "key-users", words: "keyUsers", href: "/key-users", actions: ["key-users.read"], Icon: IconUsers },
  { name: "audience", words: "audience", href: "/audience", actions: ["audience.read"], Icon: IconEye },
  { name: "pipeline", words: "pipeline", href: "/pipeline", actions: ["pipeline.read"], Icon: IconRoute },
  {
    name: "admin",
    words: "admin",
    href: "/admin",
    actions: ["audit.read", "people.read"],
    Icon: IconShieldCheck,
  },
] as const;

/** Those that somebody with these rights may open. */
export const navItemsFor = (can: readonly string[]) =>
  NAV_ITEMS.filter(({ actions }) => actions.some((action) => can.includes(action)));

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
