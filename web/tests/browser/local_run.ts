// The local run that the tests drive: LOCAL_STATE names its folder where it is not the usual one.
import { execFileSync } from "node:child_process";

const ROOT = new URL("../../..", import.meta.url).pathname;

function local(...words: string[]): string {
  return execFileSync(".venv/bin/python", ["-m", "local", ...words], { cwd: ROOT, encoding: "utf8" }).trim();
}

export const addresses: { baseUrl: string; console: string; shop: string } = JSON.parse(local("env"));

const ANN = local("token", "--customer", "1", "--rep", "13");
const ADA = local("token", "--customer", "1", "--rep", "11");
const TOKENS = { Ann: ANN, Ada: ADA };

/** Ask the API as a representative of the demo world; return the reply's JSON, if it has any. */
export async function ask(
  who: keyof typeof TOKENS,
  method: string,
  path: string,
  body?: object,
): Promise<any> {
  const headers = { Authorization: `Bearer ${TOKENS[who]}`, "Content-Type": "application/json" };
  const request = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
  const reply = await fetch(`${addresses.baseUrl}/api/${path}`, request);
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  return text && JSON.parse(text);
}

/** Ask until the answer is good; throw the last one after a while. */
export async function until<Answer>(
  question: () => Promise<Answer>,
  isGood: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await question();
    if (isGood(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
