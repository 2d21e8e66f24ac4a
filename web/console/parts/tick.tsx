import type { ComponentChildren } from "preact";

interface TickProps {
  label: string;
  title?: string;
  isSet: boolean;
  toggle: () => void;
  /** Says what is wrong with it. */
  fault?: ComponentChildren;
}

export function Tick({ label, title = "", isSet, toggle, fault }: TickProps) {
  return (
    <label class="tick" title={title}>
      <input type="checkbox" checked={isSet} onChange={toggle} aria-invalid={fault ? true : undefined} />
      {label}
      {fault}
    </label>
  );
}

/** Return the values with one of them added, or without it where it was among them. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
