import { render } from "preact";
import { Console } from "./console";
import { applySettings } from "./settings";

applySettings();
render(<Console />, document.body);
