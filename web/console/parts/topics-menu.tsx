import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { customer } from "../customer";
import { useStore } from "../store";
import { useText } from "../text/text";
import { Menu } from "./menu";
import { Tick, toggled } from "./tick";

interface TopicsProps {
  /** The topics that are ticked at first, by name. */
  names: readonly string[];
  choose: (topicIds: number[]) => void;
}

export function TopicsMenu({ label, ...topics }: TopicsProps & { label: ComponentChildren }) {
  const say = useText();
  return (
    <Menu label={label} title={say("topics")}>
      <TopicsForm key={topics.names.join("\n")} {...topics} />
    </Menu>
  );
}

/** Sets topics, all of them at once: the topic detector learns from each change. */
function TopicsForm({ names, choose }: TopicsProps) {
  const say = useText();
  const { topics } = useStore(customer);
  const [ticked, setTicked] = useState(() =>
    topics.filter(({ name }) => names.includes(name)).map(({ topicID }) => topicID),
  );
  return (
    <fieldset>
      <legend>{say("topics")}</legend>
      {topics.map(({ topicID, name, description }) => (
        <Tick
          key={topicID}
          label={name}
          title={description ?? ""}
          isSet={ticked.includes(topicID)}
          toggle={() => setTicked(toggled(ticked, topicID))}
        />
      ))}
      <button type="button" class="first" data-closes onClick={() => choose(ticked)}>
        {say("topics.set")}
      </button>
    </fieldset>
  );
}
