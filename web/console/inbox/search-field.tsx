import { Icon } from "../parts/icon";
import { useTyped } from "../parts/use-typed";
import { useStore } from "../store";
import { useText } from "../text/text";
import { filters, narrow } from "./filters";

const ID = "search";

export function focusSearch(): void {
  document.getElementById(ID)?.focus();
}

export function SearchField() {
  const say = useText();
  const { search = "" } = useStore(filters);
  const [typed, type] = useTyped(search, (text) => narrow({ search: text }));
  const name = { id: ID, placeholder: say("search"), "aria-label": say("search") };
  return (
    <label class="search-field">
      <Icon name="search" />
      <input
        type="search"
        dir="auto"
        value={typed}
        onInput={(event) => type(event.currentTarget.value)}
        {...name}
      />
    </label>
  );
}
