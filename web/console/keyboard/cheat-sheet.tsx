import { VIEWS } from "../inbox/views";
import { Dialog } from "../parts/dialog";
import { go } from "../route";
import { Store, useStore } from "../store";
import { useText } from "../text/text";
import { SHORTCUTS, useShortcuts, type Shortcut } from "./shortcuts";

export const cheatSheetIsOpen = new Store(false);

const NAMES: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Enter: "↵" };

export function CheatSheet() {
  const say = useText();
  const isOpen = useStore(cheatSheetIsOpen);
  const places = [...VIEWS.map((view) => view.name), "dashboard"].map((name, index) => [
    `go.${index + 1}`,
    () => go(name),
  ]);
  useShortcuts({ help: () => cheatSheetIsOpen.set(true), ...Object.fromEntries(places) });
  if (!isOpen) return null;
  return (
    <Dialog title={say("keys.title")} close={() => cheatSheetIsOpen.set(false)}>
      <dl class="cheat-sheet">
        {Object.values<Shortcut>(SHORTCUTS).map(({ keys, text }) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{NAMES[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{say(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
