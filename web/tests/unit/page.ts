// What the console's modules need of a page, for tests without a browser. Import this before them.
import { mock } from "node:test";
import type { Me } from "../../api/types";
import { session } from "../../console/session";

const page = { hidden: false, documentElement: { dataset: { api: "https://api.example" } } };
Object.assign(globalThis, { document: page, addEventListener() {}, removeEventListener() {} });

export type Reply = (request: Request) => Response | Promise<Response>;

/** Answer requests by `reply`; return those that came. */
export function answered(reply: Reply): Request[] {
  const requests: Request[] = [];
  mock.method(globalThis, "fetch", async (...asked: ConstructorParameters<typeof Request>) => {
    const request = new Request(...asked);
    requests.push(request.clone());
    return reply(request);
  });
  return requests;
}

/** Return problem details as the API writes them. */
export function problem(status: number, code: string, pointer?: string): Response {
  const errors = pointer ? [{ pointer, detail: "No." }] : [];
  return Response.json(
    { type: "about:blank", title: code, status, detail: "", code, errors, requestId: "" },
    { status },
  );
}

export function signedIn(): void {
  session.begin("token");
  session.recognise({ customerID: 1, customerRepID: 1 } as Me);
}
