import { useState } from "preact/hooks";
import type { Message, Ticket } from "../../api/types";
import { Tabs } from "../parts/tabs";
import { useText } from "../text/text";
import { Changes } from "./changes";
import { Details } from "./details";
import { EndUserHistory } from "./end-user-history";

const TABS = ["details", "history", "changes"] as const;

const SCROLLED = { class: "side-body", tabIndex: 0 };

type Tab = (typeof TABS)[number];

interface SidePanelProps {
  ticket: Ticket;
  messages: readonly Message[];
}

/** What is known of a ticket, of its end user, and of who changed it. */
export function SidePanel({ ticket, messages }: SidePanelProps) {
  const say = useText();
  const [tab, choose] = useState<Tab>("details");
  return (
    <aside class="side-panel" aria-label={say("side.panel")}>
      <Tabs label={say("side.panel")} tabs={TABS} current={tab} choose={choose} panel={SCROLLED}>
        {tab === "details" && <Details ticket={ticket} />}
        {tab === "history" && <EndUserHistory ticket={ticket} />}
        {tab === "changes" && <Changes ticket={ticket} messages={messages} />}
      </Tabs>
    </aside>
  );
}
