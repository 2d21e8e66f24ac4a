import { useEffect } from "preact/hooks";
import { api, body } from "./api";
import { isConnected, sendUntilAnswered } from "./connection";
import { readCustomer } from "./customer";
import { Dashboard } from "./dashboard/dashboard";
import { followFeed, isFollowed } from "./feed";
import { BulkProgress } from "./inbox/bulk-progress";
import { watchFollowUps } from "./inbox/follow-ups";
import { Inbox } from "./inbox/inbox";
import { CheatSheet } from "./keyboard/cheat-sheet";
import { NoticeBar } from "./notice";
import { LongWait } from "./parts/long-wait";
import { isFaultOfTheApi, Refusal } from "./refusal";
import { route } from "./route";
import { session } from "./session";
import { Sidebar } from "./sidebar";
import { SignIn } from "./sign-in";
import { useStore } from "./store";
import { useText } from "./text/text";
import { outbox } from "./ticket/outbox";

export function Console() {
  const current = useStore(session);
  const token = current?.token;
  useEffect(() => {
    if (token) void recognise();
  }, [token]);
  if (!current) return <SignIn />;
  if (!current.me) return <Recognising />;
  return <Workplace />;
}

function Recognising() {
  return (
    <main class="recognising">
      <ConnectionBar />
      <LongWait />
    </main>
  );
}

/** Learn who is signed in; a token that the API does not take ends the session, a fault of the API does not. */
async function recognise(): Promise<void> {
  try {
    const read = () => body(api.GET("/api/CustomerReps/me"));
    session.recognise(await sendUntilAnswered(read, isFaultOfTheApi));
    await readCustomer();
  } catch (problem) {
    if (!(problem instanceof Refusal) || session.value?.me) throw problem;
    session.end("expired");
  }
}

function Workplace() {
  const { place, ticketID } = useStore(route);
  const isReady = useStore(isFollowed);
  useEffect(work, []);
  return (
    <div class={ticketID ? "workplace with-ticket" : "workplace"}>
      <Sidebar />
      <div class="bars">
        <ConnectionBar />
        <BulkProgress />
      </div>
      {!isReady && <LongWait />}
      {isReady && (place === "dashboard" ? <Dashboard /> : <Inbox />)}
      <NoticeBar />
      <CheatSheet />
    </div>
  );
}

/** Send what waits, and follow what changes, until the function returned is called. */
function work(): () => void {
  outbox.resume();
  const leaving = [followFeed(), watchFollowUps()];
  return () => leaving.forEach((leave) => leave());
}

function ConnectionBar() {
  const say = useText();
  if (useStore(isConnected)) return null;
  return (
    <p class="bar connection-bar" role="alert">
      {say("connection.lost")}
    </p>
  );
}
