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
  const most = Math.max(1, ...days.flatMap((day) => [day.opened, day.closed]));
  const height = (value: number) => ((HEIGHT - FOOT - 14) * value) / most;
  const sum = (of: (day: DayFigure) => number) => number(days.reduce((total, day) => total + of(day), 0));
  const [opened, closed] = [sum((day) => day.opened), sum((day) => day.closed)];
  return (
    <figure class="chart wide">
      <figcaption>
        {say("chart.days", { days: days.length })}
        <span class="legend">
          <span class="key opened" /> {say("chart.opened", { count: opened })} <span class="key closed" />{" "}
          {say("chart.closed", { count: closed })}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        role="img"
        aria-label={`${say("chart.opened", { count: opened })}, ${say("chart.closed", { count: closed })}`}
      >
        <line class="chart-base" x1="0" x2={days.length * STEP} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
        <text class="chart-name" x="0" y="10">
          {number(most)}
        </text>
        {days.map(({ day, opened, closed }, index) => (
          <g key={index} transform={`translate(${index * STEP} ${HEIGHT - FOOT})`}>
            <title>{`${shortDay(day)}: ${say("chart.opened", { count: opened })}, ${say("chart.closed", { count: closed })}`}</title>
            <rect class="chart-bar" x="4" width="9" y={-height(opened)} height={height(opened)} rx="2" />
            <rect class="chart-other" x="15" width="9" y={-height(closed)} height={height(closed)} rx="2" />
            {index % EVERY === 0 && (
              <text class="chart-name" x="0" y="17">
                {shortDay(day)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}
