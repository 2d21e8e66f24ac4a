import { number } from "../text/moments";
import type { Figure } from "./figures";

const ROW = 30;
const LABEL = 118;
const VALUE = 46;
const WIDTH = 420;
const TRACK = WIDTH - LABEL - VALUE;

/** Bars, one below the other, each with its name and its number. */
export function BarChart({ title, figures }: { title: string; figures: readonly Figure[] }) {
  const most = Math.max(1, ...figures.map((figure) => figure.value));
  const box = `0 0 ${WIDTH} ${Math.max(1, figures.length) * ROW}`;
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={box} role="img" aria-label={described(title, figures)}>
        {figures.map((figure, index) => (
          <Bar key={figure.name} figure={figure} index={index} most={most} />
        ))}
      </svg>
    </figure>
  );
}

interface BarProps {
  figure: Figure;
  index: number;
  /** The number whose bar is as long as can be. */
  most: number;
}

function Bar({ figure: { name, value }, index, most }: BarProps) {
  const width = Math.max(value ? 3 : 0, (TRACK * value) / most);
  const place = { x: LABEL, y: 8, height: 14, rx: 4 };
  return (
    <g transform={`translate(0 ${index * ROW})`}>
      <text class="chart-name" x="0" y="19">
        {shortened(name)}
      </text>
      <rect class="chart-track" {...place} width={TRACK} />
      <rect class="chart-bar" {...place} width={width} />
      <text class="chart-value" x={WIDTH} y="19">
        {number(value)}
      </text>
    </g>
  );
}

function described(title: string, figures: readonly Figure[]): string {
  return `${title}: ${figures.map(({ name, value }) => `${name} ${value}`).join(", ")}`;
}

function shortened(name: string): string {
  return name.length > 17 ? `${name.slice(0, 16)}…` : name;
}
