import { useEffect } from "preact/hooks";
import { onChange } from "./feed";
import { counts, readCounts } from "./inbox/counts";
import { viewNamed, VIEWS } from "./inbox/views";
import { cheatSheetIsOpen } from "./keyboard/cheat-sheet";
import { Avatar } from "./parts/avatar";
import { Icon } from "./parts/icon";
import { Menu } from "./parts/menu";
import { address, route } from "./route";
import { me, session } from "./session";
import { language, theme } from "./settings";
import { afterwards } from "./settling";
import { useStore } from "./store";
import { number } from "./text/moments";
import { useText } from "./text/text";

const LANGUAGES = { en: "English", nl: "Nederlands" };

export function Sidebar() {
  const say = useText();
  const { place } = useStore(route);
  const known = useStore(counts);
  const { customerRepID } = me();
  useEffect(() => {
    const read = () => void readCounts(customerRepID);
    read();
    return onChange(afterwards(read));
  }, [customerRepID]);
  const current = place === "dashboard" ? place : viewNamed(place).name;
  return (
    <div class="sidebar">
      <a class="brand" href={address("open")}>
        <img src="icon.svg" alt="" width="28" height="28" />
        <span>{say("brand")}</span>
      </a>
      <nav aria-label={say("views")}>
        {VIEWS.map((view) => (
          <a
            key={view.name}
            href={address(view.name)}
            aria-current={current === view.name ? "page" : undefined}
          >
            <Icon name={view.name} />
            <span class="nav-title">{say(view.title)}</span>
            <span class="count">{known[view.name] === undefined ? "" : number(known[view.name]!)}</span>
          </a>
        ))}
        <a href={address("dashboard")} aria-current={current === "dashboard" ? "page" : undefined}>
          <Icon name="dashboard" />
          <span class="nav-title">{say("dashboard")}</span>
        </a>
      </nav>
      <Account />
    </div>
  );
}

/** Who is signed in; opens the settings, the list of keys and the way out. */
function Account() {
  const say = useText();
  const { name, role } = me();
  return (
    <div class="account">
      <Menu
        label={
          <>
            <Avatar name={name} />
            <span class="account-name">
              {name} <small>{role}</small>
            </span>
          </>
        }
      >
        <Choice setting={theme} label={say("theme")} name={(choice) => say(`theme.${choice}`)} />
        <Choice setting={language} label={say("language")} name={(choice) => LANGUAGES[choice]} />
        <button type="button" class="menu-item" data-closes onClick={() => cheatSheetIsOpen.set(true)}>
          <Icon name="keyboard" /> {say("keys.title")}
        </button>
        <button type="button" class="menu-item" onClick={() => session.end("left")}>
          <Icon name="leave" /> {say("leave")}
        </button>
      </Menu>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  setting: { readonly choices: readonly T[]; value: T; set(value: T): void } & Parameters<
    typeof useStore<T>
  >[0];
  label: string;
  name: (choice: T) => string;
}

function Choice<T extends string>({ setting, label, name }: ChoiceProps<T>) {
  const current = useStore<T>(setting);
  return (
    <label class="field">
      <span>{label}</span>
      <select value={current} onChange={(event) => setting.set(event.currentTarget.value as T)}>
        {setting.choices.map((choice) => (
          <option key={choice} value={choice}>
            {name(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}
