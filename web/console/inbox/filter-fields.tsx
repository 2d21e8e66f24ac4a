import { customer } from "../customer";
import { useStore } from "../store";
import { useText, type TextKey } from "../text/text";
import { Pick, type Option } from "../parts/pick";
import { Tick, toggled } from "../parts/tick";
import { CHANNEL_TYPES } from "../ticket/suggestions";
import { EndUserField } from "./end-user-field";
import { filters, narrow, widen } from "./filters";
import { StatusFilter } from "./status-filter";
import { UidField } from "./uid-field";

/** All that the API can narrow a list by. */
export function FilterFields() {
  const say = useText();
  return (
    <div class="filter-fields">
      <StatusFilter />
      <ChannelFilter />
      <ChannelTypeFilter />
      <HolderFilter />
      <EndUserField />
      <UidField />
      <MarkFilter name="isImportant" />
      <MarkFilter name="escalated" />
      <MarkFilter name="isClosed" otherwise="filters.view" />
      <MarkFilter name="isSpam" otherwise="filters.view" />
      <FollowUpFilter />
      <button type="button" class="plain" data-closes onClick={widen}>
        {say("clear.filters")}
      </button>
    </div>
  );
}

function ChannelTypeFilter() {
  const say = useText();
  const { channels } = useStore(customer);
  const { channelType = "" } = useStore(filters);
  const types = new Set([...CHANNEL_TYPES, ...channels.map((channel) => channel.channelType)]);
  return (
    <Pick
      label={say("channel.type")}
      value={channelType}
      options={[["", say("all")], ...[...types].map((type): Option => [type, type])]}
      pick={(type) => narrow({ channelType: type })}
    />
  );
}

function ChannelFilter() {
  const say = useText();
  const { channels } = useStore(customer);
  const { channelIDs = [] } = useStore(filters);
  return (
    <fieldset>
      <legend>{say("channel")}</legend>
      {channels.map(({ channelID, name }) => (
        <Tick
          key={channelID}
          label={name}
          isSet={channelIDs.includes(channelID)}
          toggle={() => narrow({ channelIDs: toggled(channelIDs, channelID) })}
        />
      ))}
    </fieldset>
  );
}

function HolderFilter() {
  const say = useText();
  const { assignable } = useStore(customer);
  const { customerRepID = "" } = useStore(filters);
  const reps = assignable.map((rep): Option => [String(rep.customerRepID), rep.name]);
  return (
    <Pick
      label={say("holder")}
      value={String(customerRepID)}
      options={[["", say("all")], ["0", say("nobody")], ...reps]}
      pick={(id) => narrow({ customerRepID: id ? Number(id) : undefined })}
    />
  );
}

interface MarkProps {
  name: "isImportant" | "escalated" | "isClosed" | "isSpam";
  otherwise?: TextKey;
}

/** A mark that tickets must have, or must not. */
function MarkFilter({ name, otherwise = "all" }: MarkProps) {
  const say = useText();
  const options: Option[] = [
    ["", say(otherwise)],
    ["true", say("yes")],
    ["false", say("no")],
  ];
  return (
    <Pick
      label={say(`field.${name}`)}
      value={String(useStore(filters)[name] ?? "")}
      options={options}
      pick={(value) => narrow({ [name]: value ? value === "true" : undefined })}
    />
  );
}

function FollowUpFilter() {
  const say = useText();
  const { includeFollowUp, isFollowUp } = useStore(filters);
  const options: Option[] = [
    ["", say("filters.view")],
    ["too", say("followup.too")],
    ["true", say("followup.only")],
    ["false", say("followup.without")],
  ];
  return (
    <Pick
      label={say("followup")}
      value={includeFollowUp ? "too" : String(isFollowUp ?? "")}
      options={options}
      pick={pickFollowUp}
    />
  );
}

function pickFollowUp(value: string): void {
  const isFollowUp = value === "true" || (value === "false" ? false : undefined);
  narrow({ includeFollowUp: value === "too" || undefined, isFollowUp });
}
