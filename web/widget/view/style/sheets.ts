// The widget's style sheets, made by script: a page's policy on inline styles does not concern them.
import composer from "./composer.css";
import host from "./host.css";
import launcher from "./launcher.css";
import messages from "./messages.css";
import panel from "./panel.css";

export function sheets(): CSSStyleSheet[] {
  return [host, launcher, panel, messages, composer].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}
