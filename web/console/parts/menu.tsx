import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface MenuProps {
  label: ComponentChildren;
  title?: string;
  children: ComponentChildren;
}

/** A button that opens a small panel; Escape, a click elsewhere or on a button in it closes the panel. */
export function Menu({ label, title, children }: MenuProps) {
  const element = useRef<HTMLDetailsElement>(null);
  const close = () => element.current?.removeAttribute("open");
  useEffect(() => {
    const closeElsewhere = (event: Event) => {
      // by its path: what was clicked may be gone by now
      if (element.current && !event.composedPath().includes(element.current)) close();
    };
    document.addEventListener("click", closeElsewhere);
    return () => document.removeEventListener("click", closeElsewhere);
  }, []);
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !element.current?.open) return;
    event.stopPropagation();
    close();
    element.current.querySelector("summary")?.focus();
  };
  const closeByChoice = (event: Event) => (event.target as Element).closest("[data-closes]") && close();
  return (
    <details class="menu" ref={element} onKeyDown={closeByKey}>
      <summary class="button" aria-label={title} title={title}>
        {label}
      </summary>
      <div class="menu-panel" onClick={closeByChoice}>
        {children}
      </div>
    </details>
  );
}
