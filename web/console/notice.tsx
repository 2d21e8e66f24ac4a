import { Store, useStore } from "./store";
import { Icon } from "./parts/icon";
import { useText } from "./text/text";

interface Notice {
  text: string;
  isProblem: boolean;
}

const SHOWN = 6000;
const notice = new Store<Notice | null>(null);
let timer = 0;

/** Say something for a few seconds. */
export function tell(text: string, isProblem = false): void {
  clearTimeout(timer);
  notice.set({ text, isProblem });
  timer = window.setTimeout(() => notice.set(null), SHOWN);
}

/** Shows what was said. */
export function NoticeBar() {
  const shown = useStore(notice);
  const say = useText();
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {shown && (
        <p class={shown.isProblem ? "notice problem" : "notice"}>
          {shown.text}
          <button class="plain" type="button" aria-label={say("dismiss")} onClick={() => notice.set(null)}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}
