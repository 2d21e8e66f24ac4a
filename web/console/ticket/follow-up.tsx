import { useState } from "preact/hooks";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { MenuItem } from "../parts/menu-item";
import { fullMoment, instantOf, LAST_MOMENT } from "../text/moments";
import { useText, type TextKey } from "../text/text";

const MORNING = 9;
const DAYS: readonly [number, TextKey][] = [
  [1, "followup.tomorrow"],
  [3, "followup.threeDays"],
  [7, "followup.week"],
];

interface FollowUpProps {
  followUpDate: string | null;
  choose: (followUpDate: string | null) => void;
  /** Nothing can be set now; what is typed stays so. */
  isBusy: boolean;
}

export function FollowUp({ followUpDate, choose, isBusy }: FollowUpProps) {
  const say = useText();
  return (
    <Menu label={<Icon name="followup" />} title={say("followup")} shortcut="ticket.followup">
      {followUpDate && <p class="quiet">{fullMoment(followUpDate)}</p>}
      {DAYS.map(([days, key]) => (
        <MenuItem key={key} text={say(key)} isDisabled={isBusy} choose={() => choose(morningIn(days))} />
      ))}
      <MomentField choose={choose} isBusy={isBusy} />
      {followUpDate && (
        <MenuItem text={say("followup.none")} isDisabled={isBusy} choose={() => choose(null)} />
      )}
    </Menu>
  );
}

/** Any other moment; it counts once it is set, for a year is typed digit by digit. */
function MomentField({ choose, isBusy }: Pick<FollowUpProps, "choose" | "isBusy">) {
  const say = useText();
  const [moment, setMoment] = useState("");
  const isDisabled = !moment || isBusy;
  return (
    <div class="field">
      <label class="field">
        <span>{say("followup.at")}</span>
        <input
          type="datetime-local"
          max={LAST_MOMENT}
          value={moment}
          onInput={(event) => setMoment(event.currentTarget.value)}
        />
      </label>
      <button type="button" data-closes disabled={isDisabled} onClick={() => choose(instantOf(moment))}>
        {say("followup.set")}
      </button>
    </div>
  );
}

function morningIn(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() + days);
  date.setHours(MORNING, 0, 0, 0);
  return date.toISOString();
}
