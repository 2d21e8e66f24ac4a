import type { ListQuery } from "../../api/types";
import { useStore } from "../store";
import { useText, type TextKey } from "../text/text";
import { filters, narrow } from "./filters";

const ORDERS: readonly (readonly [NonNullable<ListQuery["sortBy"]>, "asc" | "desc", TextKey])[] = [
  ["lastMessageDate", "desc", "sort.newest"],
  ["lastMessageDate", "asc", "sort.oldest"],
  ["dateCreated", "desc", "sort.created"],
  ["dateCreated", "asc", "sort.created.asc"],
  ["subject", "asc", "sort.subject"],
  ["subject", "desc", "sort.subject.desc"],
  ["status", "asc", "sort.status"],
  ["status", "desc", "sort.status.desc"],
  ["followUpDate", "asc", "sort.followup"],
  ["followUpDate", "desc", "sort.followup.desc"],
  ["closeDate", "desc", "sort.closed"],
  ["closeDate", "asc", "sort.closed.asc"],
];

export function OrderField() {
  const say = useText();
  const { sortBy = "lastMessageDate", sortOrder = "desc" } = useStore(filters);
  const choose = (index: number) => {
    const [by, order] = ORDERS[index] ?? ORDERS[0]!;
    narrow({ sortBy: by, sortOrder: order });
  };
  const index = ORDERS.findIndex(([by, order]) => by === sortBy && order === sortOrder);
  const attributes = { class: "order-field", "aria-label": say("sort"), title: say("sort"), value: index };
  return (
    <select onChange={(event) => choose(event.currentTarget.selectedIndex)} {...attributes}>
      {ORDERS.map(([, , key], index) => (
        <option key={key} value={index}>
          {say(key)}
        </option>
      ))}
    </select>
  );
}
