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
  const set = countOf(useStore(filters));
  return (
    <div class="filter-bar" role="search">
      <SearchField />
      <Menu title={set ? `${say("filters")} ${set}` : say("filters")} label={<FilterSign set={set} />}>
        <FilterFields />
      </Menu>
      <OrderField />
    </div>
  );
}

function FilterSign({ set }: { set: number }) {
  return (
    <>
      <Icon name="filter" />
      {set > 0 && <span class="badge">{set}</span>}
    </>
  );
}
