import { useText } from "../text/text";
import { number, shortDay } from "../text/moments";
import type { DayFigure } from "./figures";

/** Days from one that is named to the next. */
const NAMED = 5;

/** For each day, how many tickets were opened and how many closed. */
export function DayChart({ days }: { days: readonly DayFigure[] }) {
  const say = useText();
  const most = Math.max(1, ...days.flatMap((day) => [day.opened, day.closed]));
  const sum = (of: (day: DayFigure) => number) => number(days.reduce((total, day) => total + of(day), 0));
  const opened = say("chart.opened", { count: sum((day) => day.opened) });
  const closed = say("chart.closed", { count: sum((day) => day.closed) });
  return (
    <figure class="chart wide">
      <Caption title={say("chart.days", { days: days.length })} opened={opened} closed={closed} />
      <div class="days" role="img" aria-label={`${opened}, ${closed}`}>
        {days.map((figure, index) => (
          <DayBars key={index} figure={figure} index={index} most={most} />
        ))}
      </div>
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

interface DayBarsProps {
  figure: DayFigure;
  index: number;
  /** The number whose bar is as high as can be. */
  most: number;
}

function DayBars({ figure: { day, opened, closed }, index, most }: DayBarsProps) {
  const say = useText();
  const told = `${say("chart.opened", { count: number(opened) })}, ${say("chart.closed", { count: number(closed) })}`;
  const parts = { "--opened": opened / most, "--closed": closed / most };
  return (
    <span class="day-bars" style={parts} title={`${shortDay(day)}: ${told}`}>
      {index === 0 && <span class="days-most">{number(most)}</span>}
      {index % NAMED === 0 && <time>{shortDay(day)}</time>}
    </span>
  );
}
