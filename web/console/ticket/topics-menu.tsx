import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { customer } from "../customer";
import type { ShortcutName } from "../keyboard/shortcuts";
import { Menu } from "../parts/menu";
import { Tick, toggled } from "../parts/tick";
import { useStore } from "../store";
import { useText } from "../text/text";

interface TopicsProps {
  /** The topics that are ticked at first, by name. */
  names: readonly string[];
  choose: (topicIds: number[]) => void;
}

interface TopicsMenuProps extends TopicsProps {
  label: ComponentChildren;
  shortcut?: ShortcutName;
}

export function TopicsMenu({ names, choose, ...menu }: TopicsMenuProps) {
  const say = useText();
  return (
    <Menu title={say("topics")} {...menu}>
      <TopicsForm key={names.join("\n")} names={names} choose={choose} />
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
  if (!topics.length) return <p class="quiet">{say("topics.none")}</p>;
  return (
    <fieldset>
      <legend>{say("topics")}</legend>
      {topics.map(({ topicID, name, description }) => {
        const isSet = ticked.includes(topicID);
        const toggle = () => setTicked(toggled(ticked, topicID));
        return <Tick key={topicID} label={name} title={description ?? ""} isSet={isSet} toggle={toggle} />;
      })}
      <button type="button" class="first" data-closes onClick={() => choose(ticked)}>
        {say("topics.set")}
      </button>
    </fieldset>
  );
}
