import { useEffect, useState } from "preact/hooks";
import { usePause } from "../parts/use-pause";
import { useStore } from "../store";
import { useText } from "../text/text";
import { filters, narrow } from "./filters";

/** The address of an end user, which is compared exactly. */
export function UidField() {
  const say = useText();
  const { uid = "" } = useStore(filters);
  const [text, setText] = useState(uid);
  const search = usePause((typed) => narrow({ uid: typed }));
  useEffect(() => setText(uid), [uid]);
  const type = (typed: string) => {
    setText(typed);
    search(typed.trim());
  };
  return (
    <label class="field">
      <span>{say("uid")}</span>
      <input type="text" dir="auto" value={text} onInput={(event) => type(event.currentTarget.value)} />
    </label>
  );
}
