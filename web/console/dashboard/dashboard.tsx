import { useRef, useState } from "preact/hooks";
import type { Problem, Ticket } from "../../api/types";
import { customer } from "../customer";
import { Empty } from "../parts/empty";
import { useStore } from "../store";
import { duration, fullMoment, number } from "../text/moments";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { useAnswer } from "../use-answer";
import { BarChart } from "./bar-chart";
import { DAYS, LIMIT, readCensus, type Census } from "./census";
import { DayChart } from "./day-chart";
import { byTopic, medianTimeToClose, perDay, withRest } from "./figures";

export function Dashboard() {
  const say = useText();
  const { census, problem, takeAnew } = useCensus();
  const title = useRef<HTMLHeadingElement>(null);
  const again = () => {
    title.current?.focus(); // the button goes away
    takeAnew();
  };
  return (
    <main class="dashboard" aria-busy={!census && !problem}>
      <header>
        <div>
          <h1 ref={title} tabIndex={-1}>
            {say("dashboard")}
          </h1>
          {census && <p class="quiet">{say("dashboard.as.of", { moment: fullMoment(census.taken) })}</p>}
        </div>
        <button type="button" class="print" onClick={() => print()}>
          {say("print")}
        </button>
      </header>
      {problem && <Refused problem={problem} again={again} />}
      {!problem && (census ? <Charts census={census} /> : <Waiting />)}
    </main>
  );
}

/** Holds the place of the figures while they are read. */
function Waiting() {
  return (
    <>
      <div class="tiles">
        {["open", "unassigned", "closed", "median"].map((tile) => (
          <p key={tile} class="skeleton" />
        ))}
      </div>
      <div class="charts">
        <p class="skeleton wide" />
        <p class="skeleton" />
        <p class="skeleton" />
      </div>
    </>
  );
}

/** Return the census, or why it was refused; it is taken when the page opens, and when it is asked for anew. */
function useCensus() {
  const [tries, setTries] = useState(0);
  const { assignable } = useStore(customer);
  const { data: census, problem } = useAnswer(readCensus, [assignable, tries]);
  return { census, problem, takeAnew: () => setTries(tries + 1) };
}

function Refused({ problem, again }: { problem: Problem; again: () => void }) {
  const say = useText();
  return (
    <Empty icon="spam">
      {refused(problem, say)}
      <button type="button" onClick={again}>
        {say("again")}
      </button>
    </Empty>
  );
}

function Charts({ census }: { census: Census }) {
  const say = useText();
  const { all, open, unassigned, byStatus, byChannel, byHolder, opened, closed } = census;
  const other = say("other");
  const nobody = { name: say("nobody"), value: unassigned };
  const [openedOn, closedOn] = [opened.map((ticket) => ticket.dateCreated), closed.map(closeDate)];
  return (
    <>
      <Tiles census={census} />
      <div class="charts">
        <DayChart days={perDay(openedOn, closedOn, DAYS)} />
        <BarChart title={say("chart.status")} figures={withRest(byStatus, all, other)} />
        <BarChart title={say("chart.channel")} figures={withRest(byChannel, open, other)} />
        <BarChart title={say("chart.holder")} figures={withRest([nobody, ...byHolder], open, other)} />
        <BarChart title={say("chart.topic", { days: DAYS })} figures={byTopic(opened)} />
      </div>
      <CutNote census={census} />
    </>
  );
}

/** Says that there were more tickets than are read. */
function CutNote({ census: { opened, closed } }: { census: Census }) {
  const say = useText();
  if (opened.length < LIMIT && closed.length < LIMIT) return null;
  return <p class="quiet">{say("dashboard.cut", { count: number(LIMIT) })}</p>;
}

function closeDate(ticket: Ticket): string {
  return ticket.closeDate!;
}

function Tiles({ census: { open, unassigned, closed } }: { census: Census }) {
  const say = useText();
  const median = medianTimeToClose(closed);
  return (
    <dl class="tiles">
      <Tile name={say("tile.open")} value={number(open)} />
      <Tile name={say("tile.unassigned")} value={number(unassigned)} />
      <Tile name={say("tile.closed", { days: DAYS })} value={number(closed.length)} />
      <Tile name={say("tile.median")} value={median === null ? "—" : duration(median)} />
    </dl>
  );
}

function Tile({ name, value }: { name: string; value: string }) {
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
