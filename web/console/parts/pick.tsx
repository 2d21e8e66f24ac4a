export type Option = readonly [value: string, name: string];

interface PickProps {
  label: string;
  value: string;
  options: readonly Option[];
  pick: (value: string) => void;
}

/** One of several values, by name. */
export function Pick({ label, value, options, pick }: PickProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => pick(event.currentTarget.value)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
