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
  useEffect(() => {
    const close = () => element.current?.removeAttribute("open");
    const closeElsewhere = (event: Event) => {
      if (!element.current?.contains(event.target as Node)) close();
    };
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !element.current?.open) return;
      event.stopPropagation();
      close();
      element.current.querySelector("summary")?.focus();
    };
    document.addEventListener("click", closeElsewhere);
    element.current?.addEventListener("keydown", closeByKey);
    return () => document.removeEventListener("click", closeElsewhere);
  }, []);
  const closeByChoice = (event: Event) => {
    if ((event.target as Element).closest("[data-closes]")) element.current?.removeAttribute("open");
  };
  return (
    <details class="menu" ref={element}>
      <summary class="button" aria-label={title} title={title}>
        {label}
      </summary>
      <div class="menu-panel" onClick={closeByChoice}>
        {children}
      </div>
    </details>
  );
}
