import type { Me } from "../../api/types";
import { session } from "../../console/session";

/** Have somebody signed in. */
export function signedIn(): void {
  session.begin("token");
  session.recognise({ customerID: 1, customerRepID: 1 } as Me);
}
