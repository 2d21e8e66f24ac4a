import { useState } from "preact/hooks";
import { Icon } from "../parts/icon";
import { usePause } from "../parts/use-pause";
import { useStore } from "../store";
import { useText } from "../text/text";
import { filters, narrow } from "./filters";

export function SearchField() {
  const say = useText();
  const searched = useStore(filters).search ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const search = usePause((text) => {
    narrow({ search: text });
    setTyped(null);
  });
  const type = (text: string) => {
    setTyped(text);
    search(text);
  };
  const name = { id: "search", placeholder: say("search"), "aria-label": say("search") };
  const input = (event: { currentTarget: HTMLInputElement }) => type(event.currentTarget.value);
  return (
    <label class="search-field">
      <Icon name="search" />
      <input type="search" dir="auto" value={typed ?? searched} onInput={input} {...name} />
    </label>
  );
}
