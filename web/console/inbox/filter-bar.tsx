import { useEffect, useRef, useState } from "preact/hooks";
import type { ListQuery } from "../../api/types";
import { customer } from "../customer";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { useStore } from "../store";
import { useText, type TextKey } from "../text/text";
import { countOf, filters, narrow } from "./filters";

const TYPING_ENDS = 200;
const STATUSES = ["Open", "Pending", "Escalated", "Closed"];
const CHANNEL_TYPES = ["Email", "Chat", "Phone", "WhatsApp", "Teams"];
const ORDERS: readonly (readonly [NonNullable<ListQuery["sortBy"]>, "asc" | "desc", TextKey])[] = [
  ["lastMessageDate", "desc", "sort.newest"],
  ["lastMessageDate", "asc", "sort.oldest"],
  ["dateCreated", "desc", "sort.created"],
  ["subject", "asc", "sort.subject"],
  ["status", "asc", "sort.status"],
  ["followUpDate", "asc", "sort.followup"],
  ["closeDate", "desc", "sort.closed"],
];

export function FilterBar() {
  const say = useText();
  const chosen = useStore(filters);
  const set = countOf(chosen);
  return (
    <div class="filter-bar" role="search">
      <SearchField />
      <Menu
        title={say("filters")}
        label={
          <>
            <Icon name="filter" />
            {set > 0 && <span class="badge">{set}</span>}
          </>
        }
      >
        <FilterFields />
      </Menu>
      <OrderField />
    </div>
  );
}

function SearchField() {
  const say = useText();
  const searched = useStore(filters).search ?? "";
  const [text, setText] = useState(searched);
  const timer = useRef(0);
  useEffect(() => setText(searched), [searched]);
  const search = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => narrow({ search: typed }), TYPING_ENDS);
  };
  return (
    <label class="search-field">
      <Icon name="search" />
      <input
        type="search"
        id="search"
        placeholder={say("search")}
        aria-label={say("search")}
        value={text}
        onInput={(event) => search(event.currentTarget.value)}
      />
    </label>
  );
}

function FilterFields() {
  const say = useText();
  const chosen = useStore(filters);
  const { channels, assignable } = useStore(customer);
  return (
    <div class="filter-fields">
      <fieldset>
        <legend>{say("status")}</legend>
        {STATUSES.map((status) => (
          <label key={status} class="tick">
            <input
              type="checkbox"
              checked={chosen.status?.includes(status) ?? false}
              onChange={() => narrow({ status: toggled(chosen.status ?? [], status) })}
            />
            {status}
          </label>
        ))}
      </fieldset>
      <Pick
        label={say("channel.type")}
        value={chosen.channelType ?? ""}
        options={CHANNEL_TYPES.map((type) => [type, type])}
        pick={(type) => narrow({ channelType: type || undefined })}
      />
      <Pick
        label={say("channel")}
        value={String(chosen.channelIDs?.[0] ?? "")}
        options={channels.map((channel) => [String(channel.channelID), channel.name])}
        pick={(id) => narrow({ channelIDs: id ? [Number(id)] : undefined })}
      />
      <Pick
        label={say("holder")}
        value={String(chosen.customerRepID ?? "")}
        options={[
          ["0", say("nobody")],
          ...assignable.map((rep) => [String(rep.customerRepID), rep.name] as [string, string]),
        ]}
        pick={(id) => narrow({ customerRepID: id ? Number(id) : undefined })}
      />
      <fieldset>
        <legend>{say("marks")}</legend>
        <Flag name="isImportant" label={say("important")} />
        <Flag name="escalated" label={say("escalated")} />
      </fieldset>
      <button
        type="button"
        class="plain"
        data-closes
        onClick={() =>
          filters.set({ search: chosen.search, sortBy: chosen.sortBy, sortOrder: chosen.sortOrder })
        }
      >
        {say("filters.clear")}
      </button>
    </div>
  );
}

function Flag({ name, label }: { name: "isImportant" | "escalated"; label: string }) {
  const isSet = useStore(filters)[name] === true;
  return (
    <label class="tick">
      <input type="checkbox" checked={isSet} onChange={() => narrow({ [name]: isSet ? undefined : true })} />
      {label}
    </label>
  );
}

interface PickProps {
  label: string;
  value: string;
  options: [value: string, name: string][];
  pick: (value: string) => void;
}

function Pick({ label, value, options, pick }: PickProps) {
  const say = useText();
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => pick(event.currentTarget.value)}>
        <option value="">{say("all")}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function OrderField() {
  const say = useText();
  const { sortBy = "lastMessageDate", sortOrder = "desc" } = useStore(filters);
  const choose = (index: number) => {
    const [by, order] = ORDERS[index] ?? ORDERS[0]!;
    narrow({ sortBy: by, sortOrder: order });
  };
  return (
    <select
      class="order-field"
      aria-label={say("sort")}
      title={say("sort")}
      value={ORDERS.findIndex(([by, order]) => by === sortBy && order === sortOrder)}
      onChange={(event) => choose(event.currentTarget.selectedIndex)}
    >
      {ORDERS.map(([, , key], index) => (
        <option key={key} value={index}>
          {say(key)}
        </option>
      ))}
    </select>
  );
}

function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
