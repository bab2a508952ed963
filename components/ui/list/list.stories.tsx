import type { Meta, StoryObj } from "@storybook/react-vite";
import { useState } from "react";
import { within } from "#testing/gallery/setting.ts";
import type { ListColumn } from "./column.ts";
import { List, ListSkeleton } from "./list.tsx";

export default { title: "ui/List" } satisfies Meta;

type Story = StoryObj;

const COLUMNS: readonly ListColumn[] = [
  { id: "customer", words: "Customer", track: "minmax(96px, 1fr)", least: 96 },
  { id: "cover", words: "Cover", track: "minmax(96px, 2fr)", least: 96 },
  { id: "state", words: "State", track: "80px", least: 64 },
];
const ITEMS = Array.from({ length: 300 }, (_, index) => ({ id: String(100_200 + index) }));

function Shown(props: Partial<Parameters<typeof List<{ readonly id: string }>>[0]>) {
  return (
    <div style={{ height: 400, display: "flex" }}>
      <List
        name="story"
        label="Customers"
        columns={COLUMNS}
        classNames={{}}
        resizeLabel={(words) => `Width of ${words}`}
        items={ITEMS}
        keyOf={({ id }) => id}
        height={44}
        hasMore={false}
        onMore={() => undefined}
        ahead={20}
        table={{ total: ITEMS.length, rowProps: () => ({}) }}
        {...props}
      >
        {({ id }) => (
          <>
            <td>{id}</td>
            <td>Cancer 500k; Accident 100k</td>
            <td>new</td>
          </>
        )}
      </List>
    </div>
  );
}

export const Table: Story = { parameters: within({}), render: () => <Shown /> };

function Ordered() {
  const [direction, setDirection] = useState<"asc" | "desc">("asc");
  const onPress = () => setDirection(direction === "asc" ? "desc" : "asc");
  const columns = COLUMNS.map((column) =>
    column.id === "customer"
      ? { ...column, sort: { direction, onPress } }
      : column.id === "cover"
        ? { ...column, isEnd: true, sort: { direction: null, onPress } }
        : column,
  );
  const items = direction === "asc" ? ITEMS : ITEMS.toReversed();
  return <Shown columns={columns} items={items} asked={direction} />;
}

export const Sorted: Story = { parameters: within({}), render: () => <Ordered /> };

export const Passing: Story = { parameters: within({}), render: () => <Shown isPassing /> };

export const Empty: Story = {
  parameters: within({}),
  render: () => <Shown items={[]} instead={<p>Nobody is on the list.</p>} />,
};

export const Loading: Story = {
  parameters: within({}),
  render: () => <Shown items={[]} instead={<ListSkeleton rows={6} />} />,
};
