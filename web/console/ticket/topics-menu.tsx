import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Topic } from "../../api/types";
import { customer } from "../customer";
import type { ShortcutName } from "../keyboard/shortcuts";
import { Menu } from "../parts/menu";
import { Tick } from "../parts/tick";
import { useStore } from "../store";
import { useText } from "../text/text";

interface TopicsProps {
  /** The topics that are ticked until somebody turns them, by name. */
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
      <TopicsForm names={names} choose={choose} />
    </Menu>
  );
}

/** Sets topics, all of them at once: the topic detector learns from each change. What nobody ticked here stays as it is. */
function TopicsForm({ names, choose }: TopicsProps) {
  const say = useText();
  const { topics } = useStore(customer);
  const [turned, turn] = useState<Record<number, boolean>>({});
  const isSet = ({ topicID, name }: Topic) => turned[topicID] ?? names.includes(name);
  const set = () => {
    choose(topics.filter(isSet).map(({ topicID }) => topicID));
    turn({});
  };
  if (!topics.length) return <p class="quiet">{say("topics.none")}</p>;
  return (
    <fieldset>
      <legend>{say("topics")}</legend>
      {topics.map((topic) => (
        <TopicTick
          key={topic.topicID}
          topic={topic}
          isSet={isSet(topic)}
          toggle={() => turn({ ...turned, [topic.topicID]: !isSet(topic) })}
        />
      ))}
      <button type="button" class="first" data-closes onClick={set}>
        {say("topics.set")}
      </button>
    </fieldset>
  );
}

interface TopicTickProps {
  topic: Topic;
  isSet: boolean;
  toggle: () => void;
}

function TopicTick({ topic: { name, description }, ...tick }: TopicTickProps) {
  return <Tick label={name} title={description ?? ""} {...tick} />;
}
