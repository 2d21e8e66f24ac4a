import type { ComponentChildren, RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useText } from "../text/text";
import { Icon } from "./icon";

interface DialogProps {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

/** A modal dialog; Escape closes it. However it goes away, the focus goes back to where it was. */
export function Dialog({ title, close, children }: DialogProps) {
  const { element, body } = useModal();
  const closed = () => element.current?.isConnected && close();
  const beside = useClickBeside(element, close);
  // a close is told of later than the next key, which would meet a dialog that is closed and still there
  return (
    <dialog ref={element} aria-label={title} onCancel={close} onClose={closed} {...beside}>
      <DialogHead title={title} close={close} />
      <div ref={body} class="dialog-body" tabIndex={-1}>
        {children}
      </div>
    </dialog>
  );
}

/** Return what to tie to a dialog and its body: it is open while the component is there, and begins in its first field. */
function useModal() {
  const element = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  // before the next key, and, at its end, before it is taken out: then the browser would leave the focus nowhere
  useLayoutEffect(() => {
    element.current?.showModal();
    const first = body.current?.querySelector<HTMLElement>("input, select, textarea");
    (first ?? body.current)?.focus({ preventScroll: true });
    return () => element.current?.close();
  }, []);
  return { element, body };
}

/** Return what calls back when somebody presses and lets go beside a dialog; who selects text in it may do one outside. */
function useClickBeside(element: RefObject<HTMLDialogElement | null>, act: () => void) {
  const isPressed = useRef(false);
  const isBeside = ({ target }: Event) => target === element.current;
  return {
    onPointerDown: (event: Event) => void (isPressed.current = isBeside(event)),
    onPointerUp: (event: Event) => void (isPressed.current &&= isBeside(event)),
    onClick: (event: Event) => isPressed.current && isBeside(event) && act(),
  };
}

function DialogHead({ title, close }: Omit<DialogProps, "children">) {
  const say = useText();
  return (
    <header>
      <h2>{title}</h2>
      <button class="plain" type="button" aria-label={say("close.dialog")} onClick={close}>
        <Icon name="close" />
      </button>
    </header>
  );
}
