import { useState } from "preact/hooks";
import { usePause } from "../parts/use-pause";
import { useStore } from "../store";
import { useText } from "../text/text";
import { filters, narrow } from "./filters";

/** The address of an end user, which is compared exactly. */
export function UidField() {
  const say = useText();
  const { uid = "" } = useStore(filters);
  const [typed, setTyped] = useState<string | null>(null);
  const search = usePause((text) => {
    narrow({ uid: text.trim() });
    setTyped(null);
  });
  const type = (text: string) => {
    setTyped(text);
    search(text);
  };
  return (
    <label class="field">
      <span>{say("uid")}</span>
      <input
        type="text"
        dir="auto"
        value={typed ?? uid}
        onInput={(event) => type(event.currentTarget.value)}
      />
    </label>
  );
}
