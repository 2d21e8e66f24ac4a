import { useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { useText } from "../text/text";
import { Changes } from "./changes";
import { Details } from "./details";
import { EndUserHistory } from "./end-user-history";

const TABS = ["details", "history", "changes"] as const;

type Tab = (typeof TABS)[number];

/** What is known of a ticket, of its end user, and of who changed it. */
export function SidePanel({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const [tab, choose] = useState<Tab>("details");
  return (
    <aside class="side-panel" aria-label={say("side.panel")}>
      <Tabs tab={tab} choose={choose} />
      <div class="side-body" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === "details" && <Details ticket={ticket} />}
        {tab === "history" && <EndUserHistory ticket={ticket} />}
        {tab === "changes" && <Changes ticket={ticket} />}
      </div>
    </aside>
  );
}

function Tabs({ tab, choose }: { tab: Tab; choose: (tab: Tab) => void }) {
  const say = useText();
  return (
    <div class="tabs" role="tablist" aria-label={say("side.panel")}>
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={tab === name}
          onClick={() => choose(name)}
        >
          {say(name)}
        </button>
      ))}
    </div>
  );
}
