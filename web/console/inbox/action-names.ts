import type { BulkRequest } from "../../api/types";
import type { TextKey } from "../text/text";

/** The names of what can be done with many tickets. */
export const ACTION_NAMES = {
  close: "act.close",
  open: "act.reopen",
  read: "act.read",
  updatetopics: "topics",
  invertstate: "act.invertstate",
  spam: "act.spam",
  notspam: "act.notspam",
  detectspam: "act.detectspam",
  detecttopics: "act.detecttopics",
  executeactions: "act.run",
  delete: "confirm.delete",
  deletecleanup: "confirm.deletecleanup",
} as const satisfies Record<BulkRequest["action"], TextKey>;
