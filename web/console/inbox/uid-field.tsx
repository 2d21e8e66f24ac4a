import { useTyped } from "../parts/use-typed";
import { useStore } from "../store";
import { useText } from "../text/text";
import { filters, narrow } from "./filters";

/** The address of an end user, which is compared exactly. */
export function UidField() {
  const say = useText();
  const { uid = "" } = useStore(filters);
  const [typed, type] = useTyped(uid, (text) => narrow({ uid: text.trim() }));
  return (
    <label class="field">
      <span>{say("uid")}</span>
      <input type="text" dir="auto" value={typed} onInput={(event) => type(event.currentTarget.value)} />
    </label>
  );
}
