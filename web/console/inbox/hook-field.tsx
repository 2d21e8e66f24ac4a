import { useState } from "preact/hooks";
import type { Hook } from "../../api/types";
import { Pick } from "../parts/pick";
import { useText } from "../text/text";

const HOOKS: readonly Hook[] = [
  "PreSpam",
  "PostSpam",
  "PostTopicDetection",
  "OnEscalate",
  "PostEscalate",
  "OnEscalateFailed",
  "OnClose",
  "UserTriggered",
  "OnEndUserAdd",
  "OnEndUserUpdate",
  "OnEndUserDelete",
  "OnPhonePickup",
  "OnPhonePickupSay",
];

/** Runs the actions that the customer has configured for a hook. */
export function HookField({ run }: { run: (hook: Hook) => void }) {
  const say = useText();
  const [hook, setHook] = useState<Hook>("UserTriggered");
  return (
    <div class="field">
      <Pick
        label={say("act.executeactions")}
        value={hook}
        options={HOOKS.map((name) => [name, name])}
        pick={(name) => setHook(name as Hook)}
      />
      <button type="button" data-closes onClick={() => run(hook)}>
        {say("act.run")}
      </button>
    </div>
  );
}
