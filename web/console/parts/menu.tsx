import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useShortcuts, type ShortcutName } from "../keyboard/shortcuts";

interface MenuProps {
  label: ComponentChildren;
  title?: string;
  /** The key that opens it. */
  shortcut?: ShortcutName;
  children: ComponentChildren;
}

/** A button that opens a small panel; Escape, a click elsewhere or on a button in it closes the panel. */
export function Menu({ label, title, shortcut, children }: MenuProps) {
  const element = useRef<HTMLDetailsElement>(null);
  useClosedElsewhere(element);
  useShortcuts(shortcut ? { [shortcut]: () => open(element.current) } : {});
  return (
    <details class="menu" ref={element} onKeyDown={leaveByKey}>
      <summary class="button" aria-label={title} title={title}>
        {label}
      </summary>
      <div class="menu-panel" onClickCapture={leaveByChoice}>
        {children}
      </div>
    </details>
  );
}

/** Close a menu by a click elsewhere; who selects text in it may let go outside. */
function useClosedElsewhere(element: { current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const isWithin = (event: Event) => event.composedPath().includes(element.current!);
    let beganWithin = false;
    const begin = (event: Event) => void (beganWithin = isWithin(event));
    const closeElsewhere = (event: MouseEvent) => {
      const isDrag = beganWithin && event.detail > 0; // no press precedes the click of a key
      if (!isDrag && !isWithin(event)) close(element.current);
    };
    const ended = new AbortController();
    const first = { capture: true, signal: ended.signal }; // who takes a click may keep it from others
    document.addEventListener("pointerdown", begin, first);
    document.addEventListener("click", closeElsewhere, first);
    return () => ended.abort();
  }, []);
}

function leaveByKey(event: {
  key: string;
  currentTarget: HTMLDetailsElement;
  stopPropagation(): void;
}): void {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.stopPropagation();
  leave(event.currentTarget);
}

/** Close a menu before what was chosen is done: a dialog that it opens gives the focus back to where it was. */
function leaveByChoice({ target }: Event): void {
  const choice = (target as Element).closest("[data-closes]");
  if (choice) leave(choice.closest("details"));
}

/** Open a menu, and go to the first of what it offers. */
function open(menu: HTMLDetailsElement | null): void {
  menu?.setAttribute("open", "");
  menu?.querySelector<HTMLElement>(".menu-panel :is(button, input, select)")?.focus();
}

/** Close a menu, and go back to what opens it. */
function leave(menu: HTMLDetailsElement | null): void {
  close(menu);
  menu?.querySelector("summary")?.focus();
}

function close(menu: HTMLDetailsElement | null): void {
  menu?.removeAttribute("open");
}
