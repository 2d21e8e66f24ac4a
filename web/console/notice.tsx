import { Store, useStore } from "./store";
import { useText } from "./text/text";

interface Notice {
  text: string;
  isProblem: boolean;
}

const SHOWN = 6000;
const notice = new Store<Notice | null>(null);
let timer = 0;

/** Say something at the foot of the page for a few seconds. */
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
          <button class="plain" type="button" onClick={() => notice.set(null)}>
            {say("dismiss")}
          </button>
        </p>
      )}
    </div>
  );
}
