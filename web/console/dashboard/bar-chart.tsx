import { number } from "../text/moments";
import type { Figure } from "./figures";

const ROW = 30;
const LABEL = 118;
const VALUE = 46;
const WIDTH = 420;

/** Bars, one below the other, each with its name and its number. */
export function BarChart({ title, figures }: { title: string; figures: readonly Figure[] }) {
  const most = Math.max(1, ...figures.map((figure) => figure.value));
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${Math.max(1, figures.length) * ROW}`}
        role="img"
        aria-label={described(title, figures)}
      >
        {figures.map(({ name, value }, index) => {
          const width = ((WIDTH - LABEL - VALUE) * value) / most;
          return (
            <g key={name} transform={`translate(0 ${index * ROW})`}>
              <text class="chart-name" x="0" y="19">
                {shortened(name)}
              </text>
              <rect class="chart-track" x={LABEL} y="8" width={WIDTH - LABEL - VALUE} height="14" rx="4" />
              <rect
                class="chart-bar"
                x={LABEL}
                y="8"
                width={Math.max(value ? 3 : 0, width)}
                height="14"
                rx="4"
              />
              <text class="chart-value" x={WIDTH} y="19">
                {number(value)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

function described(title: string, figures: readonly Figure[]): string {
  return `${title}: ${figures.map(({ name, value }) => `${name} ${value}`).join(", ")}`;
}

function shortened(name: string): string {
  return name.length > 17 ? `${name.slice(0, 16)}…` : name;
}
