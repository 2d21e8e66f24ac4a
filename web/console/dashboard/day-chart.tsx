import { useText } from "../text/text";
import { number, shortDay } from "../text/moments";
import type { DayFigure } from "./figures";

/** Days from one that is named to the next. */
const NAMED = 5;

/** For each day, how many tickets were opened and how many closed. */
export function DayChart({ days }: { days: readonly DayFigure[] }) {
  const say = useText();
  const most = Math.max(1, ...days.flatMap((day) => [day.opened, day.closed]));
  const openedOf = (count: number) => say("chart.opened", { count: number(count) });
  const closedOf = (count: number) => say("chart.closed", { count: number(count) });
  const opened = openedOf(days.reduce((total, day) => total + day.opened, 0));
  const closed = closedOf(days.reduce((total, day) => total + day.closed, 0));
  return (
    <figure class="chart wide">
      <figcaption>
        {say("chart.days", { days: days.length })}
        <span class="legend">
          <span class="key opened" /> {opened} <span class="key closed" /> {closed}
        </span>
      </figcaption>
      <div class="days" role="img" aria-label={`${opened}, ${closed}`}>
        {days.map(({ day, opened, closed }, index) => (
          <span
            key={index}
            class="day-bars"
            style={{ "--opened": opened / most, "--closed": closed / most }}
            title={`${shortDay(day)}: ${openedOf(opened)}, ${closedOf(closed)}`}
          >
            {index === 0 && <span class="days-most">{number(most)}</span>}
            {index % NAMED === 0 && <time>{shortDay(day)}</time>}
          </span>
        ))}
      </div>
    </figure>
  );
}
