// The demo shop from another origin, its page changed: what customers' sites may be like.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { addresses } from "./local-run";

/** How a site differs from the shop. `policy` is added to its Content-Security-Policy. */
export interface Change {
  page?: (page: string) => string;
  policy?: string;
  headers?: Record<string, string>;
  style?: string;
}

/** Serve the shop as it is but for a change; return the server and its address. */
export async function changedShop(change: Change): Promise<{ server: Server; address: string }> {
  const server = createServer(async (request, answer) => {
    const reply = await fetch(addresses.shop + request.url);
    const headers = Object.fromEntries(reply.headers);
    delete headers["content-length"];
    headers["content-security-policy"] += change.policy ?? "";
    Object.assign(headers, change.headers);
    answer.writeHead(reply.status, headers);
    if (request.url === "/") answer.end((change.page ?? String)(await reply.text()));
    else if (request.url === "/style.css" && change.style) answer.end(change.style);
    else answer.end(Buffer.from(await reply.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
