import { number } from "../text/moments";
import type { Figure } from "./figures";

/** Bars, one below the other, each with its name and its number. */
export function BarChart({ title, figures }: { title: string; figures: readonly Figure[] }) {
  const most = Math.max(1, ...figures.map((figure) => figure.value));
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <dl class="bar-chart">
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt title={name}>{name}</dt>
            <dd style={{ "--part": value / most }}>{number(value)}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
