import { useRef, useState } from "preact/hooks";
import type { EndUser } from "../../api/types";
import { api, body } from "../api";
import { usePause } from "../parts/use-pause";
import { Refusal, Unreachable } from "../refusal";
import { useStore } from "../store";
import { useText } from "../text/text";
import { endUser, filters, narrow } from "./filters";

const SHOWN = 8;

/** An end user with all of their addresses, found by the beginning of a name. */
export function EndUserField() {
  const { endUserID } = useStore(filters);
  const chosen = useStore(endUser);
  return endUserID ? <Chosen name={chosen?.name ?? `#${endUserID}`} /> : <Search />;
}

function Search() {
  const say = useText();
  const { found, search } = useFound();
  return (
    <div class="field">
      <label class="field">
        <span>{say("enduser")}</span>
        <input type="search" dir="auto" onInput={(event) => search(event.currentTarget.value)} />
      </label>
      {found.map((user) => (
        <button key={user.endUserID} type="button" class="menu-item" onClick={() => choose(user)}>
          {user.name} <small class="quiet">{user.uids[0]}</small>
        </button>
      ))}
    </div>
  );
}

/** Return the end users who were found last, and what searches for others while they are typed. */
function useFound() {
  const [found, setFound] = useState<readonly EndUser[]>([]);
  const last = useRef("");
  const search = usePause((typed) => {
    last.current = typed;
    // an answer may come after that to a later question
    void named(typed).then((users) => last.current === typed && setFound(users));
  });
  return { found, search };
}

function choose(user: EndUser): void {
  endUser.set(user);
  narrow({ endUserID: user.endUserID });
}

function Chosen({ name }: { name: string }) {
  const say = useText();
  return (
    <div class="field">
      <span>{say("enduser")}</span>
      <button type="button" onClick={() => narrow({ endUserID: undefined })}>
        {name} ✕
      </button>
    </div>
  );
}

/** Return the end users with a word in their name that begins so; none where there are too many, or no answer comes. */
async function named(search: string): Promise<readonly EndUser[]> {
  if (!search.trim()) return [];
  try {
    const query = { search: search.trim(), pageSize: SHOWN };
    return (await body(api.GET("/api/EndUsers", { params: { query } }))).items;
  } catch (problem) {
    if (!(problem instanceof Refusal || problem instanceof Unreachable)) throw problem;
    return [];
  }
}
