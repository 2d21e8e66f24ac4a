import { useEffect, useState } from "preact/hooks";
import { Icon } from "../parts/icon";
import { usePause } from "../parts/use-pause";
import { useStore } from "../store";
import { useText } from "../text/text";
import { filters, narrow } from "./filters";

export function SearchField() {
  const say = useText();
  const searched = useStore(filters).search ?? "";
  const [text, setText] = useState(searched);
  const search = usePause((typed) => narrow({ search: typed }));
  useEffect(() => setText(searched), [searched]);
  const type = (typed: string) => {
    setText(typed);
    search(typed);
  };
  const name = { id: "search", placeholder: say("search"), "aria-label": say("search") };
  const input = (event: { currentTarget: HTMLInputElement }) => type(event.currentTarget.value);
  return (
    <label class="search-field">
      <Icon name="search" />
      <input type="search" dir="auto" value={text} onInput={input} {...name} />
    </label>
  );
}
