import { useLayoutEffect, useRef } from "preact/hooks";
import type { TextKey } from "../text/text";

export interface Shortcut {
  keys: readonly string[];
  text: TextKey;
  /** Goes on while the key is held. */
  repeats?: boolean;
}

/** Every key of the console; the cheat sheet shows this list. */
export const SHORTCUTS = {
  "list.next": { keys: ["j", "ArrowDown"], text: "keys.next", repeats: true },
  "list.previous": { keys: ["k", "ArrowUp"], text: "keys.previous", repeats: true },
  "list.open": { keys: ["Enter", "o"], text: "keys.open" },
  "list.leave": { keys: ["Escape", "u"], text: "keys.leave" },
  "list.select": { keys: ["x"], text: "keys.select" },
  "list.selectAll": { keys: ["*"], text: "keys.selectAll" },
  "list.search": { keys: ["/"], text: "keys.search" },
  "ticket.answer": { keys: ["r"], text: "keys.answer" },
  "ticket.note": { keys: ["n"], text: "keys.note" },
  "ticket.assign": { keys: ["a"], text: "keys.assign" },
  "ticket.close": { keys: ["c"], text: "keys.close" },
  "ticket.spam": { keys: ["!"], text: "keys.spam" },
  "ticket.edit": { keys: ["e"], text: "keys.edit" },
  "ticket.followup": { keys: ["f"], text: "followup" },
  "ticket.topics": { keys: ["t"], text: "topics" },
  "ticket.more": { keys: ["m"], text: "keys.more" },
  "go.1": { keys: ["1"], text: "view.mine" },
  "go.2": { keys: ["2"], text: "view.unassigned" },
  "go.3": { keys: ["3"], text: "view.open" },
  "go.4": { keys: ["4"], text: "view.followup" },
  "go.5": { keys: ["5"], text: "view.spam" },
  "go.6": { keys: ["6"], text: "view.closed" },
  "go.7": { keys: ["7"], text: "dashboard" },
  help: { keys: ["?"], text: "keys.help" },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof SHORTCUTS;
type Handlers = Partial<Record<ShortcutName, () => unknown>>;

/** Call the handlers when their keys are pressed outside of fields, menus and dialogs. */
export function useShortcuts(handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && isField(event.target)) event.target.blur();
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event)) return;
      for (const [name, { keys, repeats }] of Object.entries<Shortcut>(SHORTCUTS)) {
        const handler = latest.current[name as ShortcutName];
        if (!handler || !keys.includes(event.key)) continue;
        event.preventDefault();
        if (repeats || !event.repeat) handler();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function isField(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");
}

/** Tell whether what has the focus needs the key itself. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  // by the dialog, wherever the focus is: what had it there may be disabled
  if (document.querySelector("dialog[open]")) return true;
  if (target.closest("[role=slider], details[open]")) return true;
  if (isField(target)) return true;
  return event.key === "Enter" && target.closest("button, a, summary") !== null;
}
