import { useText } from "../text/text";
import { number, shortDay } from "../text/moments";
import type { DayFigure } from "./figures";

const HEIGHT = 170;
const FOOT = 22;
const STEP = 28;
const EVERY = 5;

/** For each day, how many tickets were opened and how many closed. */
export function DayChart({ days }: { days: readonly DayFigure[] }) {
  const say = useText();
  const width = days.length * STEP;
  const most = Math.max(1, ...days.flatMap((day) => [day.opened, day.closed]));
  const sum = (of: (day: DayFigure) => number) => number(days.reduce((total, day) => total + of(day), 0));
  const opened = say("chart.opened", { count: sum((day) => day.opened) });
  const closed = say("chart.closed", { count: sum((day) => day.closed) });
  return (
    <figure class="chart wide">
      <Caption title={say("chart.days", { days: days.length })} opened={opened} closed={closed} />
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${opened}, ${closed}`}>
        <Scale width={width} most={most} />
        {days.map((figure, index) => (
          <DayBars key={index} figure={figure} index={index} most={most} />
        ))}
      </svg>
    </figure>
  );
}

function Caption({ title, opened, closed }: { title: string; opened: string; closed: string }) {
  return (
    <figcaption>
      {title}
      <span class="legend">
        <span class="key opened" /> {opened} <span class="key closed" /> {closed}
      </span>
    </figcaption>
  );
}

function Scale({ width, most }: { width: number; most: number }) {
  return (
    <>
      <line class="chart-base" x1="0" x2={width} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      <text class="chart-name" x="0" y="10">
        {number(most)}
      </text>
    </>
  );
}

interface DayBarsProps {
  figure: DayFigure;
  index: number;
  /** The number whose bar is as high as can be. */
  most: number;
}

function DayBars({ figure: { day, opened, closed }, index, most }: DayBarsProps) {
  const say = useText();
  const height = (value: number) => ((HEIGHT - FOOT - 14) * value) / most;
  const told = `${say("chart.opened", { count: opened })}, ${say("chart.closed", { count: closed })}`;
  return (
    <g transform={`translate(${index * STEP} ${HEIGHT - FOOT})`}>
      <title>{`${shortDay(day)}: ${told}`}</title>
      <rect class="chart-bar" x="4" width="9" y={-height(opened)} height={height(opened)} rx="2" />
      <rect class="chart-other" x="15" width="9" y={-height(closed)} height={height(closed)} rx="2" />
      {index % EVERY === 0 && (
        <text class="chart-name" x="0" y="17">
          {shortDay(day)}
        </text>
      )}
    </g>
  );
}
