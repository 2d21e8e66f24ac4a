import { render } from "preact";
import { Console } from "./console";
import { Left } from "./session";
import { applySettings } from "./settings";

// what somebody had under way when they left is no fault
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof Left) event.preventDefault();
});
applySettings();
render(<Console />, document.body);
