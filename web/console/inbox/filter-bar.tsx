import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { useStore } from "../store";
import { useText } from "../text/text";
import { FilterFields } from "./filter-fields";
import { countOf, filters } from "./filters";
import { OrderField } from "./order-field";
import { SearchField } from "./search-field";

export function FilterBar() {
  const say = useText();
  return (
    <div class="filter-bar" role="search">
      <SearchField />
      <Menu title={say("filters")} label={<FilterSign />}>
        <FilterFields />
      </Menu>
      <OrderField />
    </div>
  );
}

function FilterSign() {
  const set = countOf(useStore(filters));
  return (
    <>
      <Icon name="filter" />
      {set > 0 && <span class="badge">{set}</span>}
    </>
  );
}
