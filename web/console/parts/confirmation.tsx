import { useText } from "../text/text";
import { Dialog } from "./dialog";

interface ConfirmationProps {
  question: string;
  /** What is about to happen, on the button that lets it. */
  act: string;
  confirm: () => void;
  close: () => void;
}

/** Asks before what cannot be undone. */
export function Confirmation({ question, act, confirm, close }: ConfirmationProps) {
  const say = useText();
  const confirmed = () => {
    close();
    confirm();
  };
  return (
    <Dialog title={question} close={close}>
      <div class="form-foot">
        <button type="button" onClick={close}>
          {say("cancel")}
        </button>
        <button type="button" class="first final" onClick={confirmed}>
          {act}
        </button>
      </div>
    </Dialog>
  );
}
