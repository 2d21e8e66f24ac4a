import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { fullMoment } from "../text/moments";
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
}

export function FollowUp({ followUpDate, choose }: FollowUpProps) {
  const say = useText();
  return (
    <Menu label={<Icon name="followup" />} title={say("followup")}>
      {followUpDate && <p class="quiet">{fullMoment(followUpDate)}</p>}
      {DAYS.map(([days, key]) => (
        <button key={key} type="button" class="menu-item" data-closes onClick={() => choose(morningIn(days))}>
          {say(key)}
        </button>
      ))}
      <label class="field">
        <span>{say("followup.at")}</span>
        <input
          type="datetime-local"
          onChange={(event) => {
            if (event.currentTarget.value) choose(new Date(event.currentTarget.value).toISOString());
          }}
        />
      </label>
      {followUpDate && (
        <button type="button" class="menu-item" data-closes onClick={() => choose(null)}>
          {say("followup.none")}
        </button>
      )}
    </Menu>
  );
}

function morningIn(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() + days);
  date.setHours(MORNING, 0, 0, 0);
  return date.toISOString();
}
