import type { ComponentChildren } from "preact";
import { useText, type TextKey } from "../text/text";

interface TabsProps<T extends TextKey> {
  label: string;
  tabs: readonly T[];
  current: T;
  choose: (tab: T) => void;
  /** Goes into what was chosen, where a click does. */
  enter?: () => void;
  /** Attributes of the panel. */
  panel?: { class: string; tabIndex: number };
  children: ComponentChildren;
}

/** Tabs and the panel of the chosen one: the arrows, Home and End choose, and only the chosen one is a stop of the Tab key. */
export function Tabs<T extends TextKey>({ panel, children, ...tabs }: TabsProps<T>) {
  const { current } = tabs;
  return (
    <>
      <TabList {...tabs} />
      <div {...panel} role="tabpanel" id={`panel-${tabs.tabs[0]}`} aria-labelledby={`tab-${current}`}>
        {children}
      </div>
    </>
  );
}

type TabListProps<T extends TextKey> = Omit<TabsProps<T>, "panel" | "children">;

function TabList<T extends TextKey>({ label, tabs, current, choose, enter }: TabListProps<T>) {
  const turn = (event: KeyboardEvent) => {
    const next = tabs[placeAfter(event, tabs.indexOf(current), tabs.length)];
    if (!next) return;
    event.preventDefault();
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  const press = (tab: T) => {
    choose(tab);
    enter?.();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={turn}>
      {tabs.map((tab) => (
        <Tab key={tab} tab={tab} first={tabs[0]!} isChosen={tab === current} press={() => press(tab)} />
      ))}
    </div>
  );
}

/** Return the place that a key leads to from a tab; -1 for any other key. */
function placeAfter(event: KeyboardEvent, place: number, count: number): number {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return -1; // the browser's own
  const places: Record<string, number> = {
    ArrowLeft: (place - 1 + count) % count,
    ArrowRight: (place + 1) % count,
    Home: 0,
    End: count - 1,
  };
  return places[event.key] ?? -1;
}

interface TabProps {
  tab: TextKey;
  first: TextKey;
  isChosen: boolean;
  press: () => void;
}

function Tab({ tab, first, isChosen, press }: TabProps) {
  const say = useText();
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${tab}`}
      aria-selected={isChosen}
      aria-controls={`panel-${first}`}
      tabIndex={isChosen ? 0 : -1}
      onClick={press}
    >
      {say(tab)}
    </button>
  );
}
