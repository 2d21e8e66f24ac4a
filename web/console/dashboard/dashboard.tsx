import { useText } from "../text/text";

export function Dashboard() {
  const say = useText();
  return (
    <main class="dashboard">
      <h1>{say("dashboard")}</h1>
    </main>
  );
}
