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
  /** Nothing can be set now; what is ticked stays so. */
  isBusy?: boolean;
}

interface TopicsMenuProps extends TopicsProps {
  label: ComponentChildren;
  shortcut?: ShortcutName;
}

export function TopicsMenu({ names, choose, isBusy = false, ...menu }: TopicsMenuProps) {
  const say = useText();
  return (
    <Menu title={say("topics")} {...menu}>
      <TopicsForm names={names} choose={choose} isBusy={isBusy} />
    </Menu>
  );
}

/** Sets all topics at once, as the topic detector learns from each change: those that are not ticked are taken off. */
function TopicsForm({ names, choose, isBusy }: TopicsProps) {
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
      <button type="button" class="first" data-closes disabled={isBusy} onClick={set}>
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
