/** Shows the initials of a person, or the end of their number, on a tint that is always theirs. */
export function Avatar({ name }: { name: string }) {
  const tint = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 6, 7);
  return (
    <span
      class={`avatar tint-${tint}`}
      data-letters={/^[+#]?\d+$/.test(name) ? name.slice(-2) : initials(name)}
      aria-hidden="true"
    />
  );
}

function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join("");
}
