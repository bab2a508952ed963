import { IconChartBar, IconEye, IconHeart, IconRoute, IconUsers } from "@tabler/icons-react";

/** The five screens of the rail, each with the right that opens it. */
export const NAV_ITEMS = [
  { name: "orders", href: "/orders", action: "orders.read", Icon: IconChartBar },
  { name: "retention", href: "/retention", action: "retention.read", Icon: IconHeart },
  { name: "key-users", href: "/key-users", action: "key-users.read", Icon: IconUsers },
  { name: "audience", href: "/audience", action: "audience.read", Icon: IconEye },
  { name: "pipeline", href: "/pipeline", action: "pipeline.read", Icon: IconRoute },
] as const;
