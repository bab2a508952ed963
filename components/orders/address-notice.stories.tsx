import type { Meta, StoryObj } from "@storybook/react-vite";
import { TODAY } from "#testing/gallery/factories/orders.ts";
import { AddressNotice } from "./address-notice.tsx";

export default { title: "orders/AddressNotice" } satisfies Meta;

type Story = StoryObj;

export const Mended: Story = {
  render: () => (
    <AddressNotice
      mended={[
        { part: "date", given: "2026-02-30", why: "noDate" },
        { part: "with", given: "last-year", why: "noCompared" },
      ]}
      date={TODAY}
      onBack={() => undefined}
    />
  ),
};
