interface TickProps {
  label: string;
  title?: string;
  isSet: boolean;
  toggle: () => void;
}

export function Tick({ label, title = "", isSet, toggle }: TickProps) {
  return (
    <label class="tick" title={title}>
      <input type="checkbox" checked={isSet} onChange={toggle} />
      {label}
    </label>
  );
}

/** Return the values with one of them added, or without it where it was among them. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
