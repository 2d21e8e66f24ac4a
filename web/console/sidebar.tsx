import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { onChange } from "./feed";
import { bulkRun } from "./inbox/bulk-run";
import { counts, readCounts } from "./inbox/counts";
import { viewNamed, VIEWS, type ViewName } from "./inbox/views";
import { cheatSheetIsOpen } from "./keyboard/cheat-sheet";
import { Avatar } from "./parts/avatar";
import { Confirmation } from "./parts/confirmation";
import { Icon } from "./parts/icon";
import { Menu } from "./parts/menu";
import { MenuItem } from "./parts/menu-item";
import { Pick, type Option } from "./parts/pick";
import { address, route } from "./route";
import { me, session } from "./session";
import { language, theme, type Setting } from "./settings";
import { readAgain } from "./read-again";
import { useStore } from "./store";
import { number } from "./text/moments";
import { useText } from "./text/text";

const LANGUAGES = { en: "English", nl: "Nederlands" };

export function Sidebar() {
  const say = useText();
  const { place } = useStore(route);
  const current = place === "dashboard" ? place : viewNamed(place).name;
  return (
    <div class="sidebar">
      <a class="brand" href={address("open")}>
        <img src="icon.svg" alt="" width="28" height="28" />
        <span>{say("brand")}</span>
      </a>
      <nav aria-label={say("views")}>
        <ViewLinks current={current} />
        <PlaceLink name="dashboard" title={say("dashboard")} isCurrent={current === "dashboard"} />
      </nav>
      <Account />
    </div>
  );
}

function ViewLinks({ current }: { current: string }) {
  const say = useText();
  const known = useStore(counts);
  const { customerRepID } = me();
  useEffect(() => {
    const read = () => void readCounts(customerRepID);
    read();
    return onChange(readAgain(read));
  }, [customerRepID]);
  return (
    <>
      {VIEWS.map(({ name, title }) => (
        <PlaceLink key={name} name={name} title={say(title)} isCurrent={current === name}>
          <span class="count">{known[name] === undefined ? "" : number(known[name])}</span>
        </PlaceLink>
      ))}
    </>
  );
}

interface PlaceLinkProps {
  name: ViewName | "dashboard";
  title: string;
  isCurrent: boolean;
  children?: ComponentChildren;
}

function PlaceLink({ name, title, isCurrent, children }: PlaceLinkProps) {
  return (
    <a href={address(name)} aria-current={isCurrent ? "page" : undefined}>
      <Icon name={name} />
      <span class="nav-title">{title}</span>
      {children}
    </a>
  );
}

/** Who is signed in, and what they can do about it; signing out in the midst of work is asked for twice. */
function Account() {
  const [isAsked, ask] = useState(false);
  return (
    <div class="account">
      <AccountMenu leave={() => (bulkRun.isUnderWay ? ask(true) : leave())} />
      {isAsked && <LeaveQuestion close={() => ask(false)} />}
    </div>
  );
}

/** Opens the settings, the list of keys and the way out. */
function AccountMenu({ leave }: { leave: () => void }) {
  const say = useText();
  return (
    <Menu label={<AccountName />}>
      <SettingPick setting={theme} label={say("theme")} name={(choice) => say(`theme.${choice}`)} />
      <SettingPick setting={language} label={say("language")} name={(choice) => LANGUAGES[choice]} />
      <MenuItem icon="keyboard" text={say("keys.title")} choose={() => cheatSheetIsOpen.set(true)} />
      <MenuItem icon="leave" text={say("leave")} choose={leave} />
    </Menu>
  );
}

function LeaveQuestion({ close }: { close: () => void }) {
  const say = useText();
  return <Confirmation question={say("bulk.leave")} act={say("leave")} confirm={leave} close={close} />;
}

/** Sign out, and forget what was searched for and read. */
function leave(): void {
  session.end("left");
  location.reload();
}

function AccountName() {
  const { name, role } = me();
  return (
    <>
      <Avatar name={name} />
      <span class="account-name">
        {name} <small>{role}</small>
      </span>
    </>
  );
}

interface SettingPickProps<T extends string> {
  setting: Setting<T>;
  label: string;
  name: (choice: T) => string;
}

function SettingPick<T extends string>({ setting, label, name }: SettingPickProps<T>) {
  const options = setting.choices.map((choice): Option => [choice, name(choice)]);
  return (
    <Pick
      label={label}
      value={useStore<T>(setting)}
      options={options}
      pick={(value) => setting.set(value as T)}
    />
  );
}
