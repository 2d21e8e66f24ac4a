/** Shows the initials of a person, on a tint that is always theirs. */
export function Avatar({ name }: { name: string }) {
  const letters = name
    .split(/[\s.@_-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join("");
  const tint = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 6, 7);
  return (
    <span class={`avatar tint-${tint}`} aria-hidden="true">
      {letters}
    </span>
  );
}
