import { VIEWS } from "../inbox/views";
import { Dialog } from "../parts/dialog";
import { go } from "../route";
import { Store, useStore } from "../store";
import { useText } from "../text/text";
import { SHORTCUTS, useShortcuts, type Shortcut } from "./shortcuts";

export const cheatSheetIsOpen = new Store(false);

const NAMES: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Enter: "↵" };

/** The views and the dashboard, by number. */
const PLACES = Object.fromEntries(
  [...VIEWS.map((view) => view.name), "dashboard"].map((name, index) => [`go.${index + 1}`, () => go(name)]),
);

export function CheatSheet() {
  const say = useText();
  const isOpen = useStore(cheatSheetIsOpen);
  useShortcuts({ help: () => cheatSheetIsOpen.set(true), ...PLACES });
  if (!isOpen) return null;
  return (
    <Dialog title={say("keys.title")} close={() => cheatSheetIsOpen.set(false)}>
      <dl class="cheat-sheet">
        {Object.values<Shortcut>(SHORTCUTS).map((shortcut) => (
          <Keys key={shortcut.text} {...shortcut} />
        ))}
      </dl>
    </Dialog>
  );
}

function Keys({ keys, text }: Shortcut) {
  const say = useText();
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{NAMES[key] ?? key}</kbd>
        ))}
      </dt>
      <dd>{say(text)}</dd>
    </div>
  );
}
