import { useEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "./parts/avatar";
import { session, tokenIn } from "./session";
import { useText } from "./text/text";

interface Person {
  customerID: number;
  customer: string;
  repID: number;
  name: string;
  role: string;
}

const PEOPLE = document.documentElement.dataset["people"];

export function SignIn() {
  const say = useText();
  const people = usePeople();
  if (!people) return <main class="sign-in" aria-busy="true" />;
  return (
    <main class="sign-in">
      <section class="sign-in-card">
        <img src="icon.svg" alt="" width="48" height="48" />
        <h1>{say("signin.title")}</h1>
        {session.ending === "expired" && <p class="problem-text">{say("signin.expired")}</p>}
        {people.length > 0 && <People people={people} />}
        <TokenForm />
      </section>
    </main>
  );
}

/** Return the people whom a local run lets in by name, null until they are known; nobody elsewhere. */
function usePeople(): Person[] | null {
  const [people, setPeople] = useState<Person[] | null>(PEOPLE ? null : []);
  useEffect(() => {
    if (PEOPLE) void readPeople(PEOPLE).then(setPeople);
  }, []);
  return people;
}

/** Return them; nobody where they are not told: a token lets in, too. */
async function readPeople(address: string): Promise<Person[]> {
  try {
    const reply = await fetch(address);
    return reply.ok ? ((await reply.json()) as Person[]) : [];
  } catch (problem) {
    console.warn("Nobody is let in by name:", problem);
    return [];
  }
}

function People({ people }: { people: Person[] }) {
  const say = useText();
  const customers = [...new Set(people.map((person) => person.customer))];
  return (
    <div class="people">
      <p class="quiet">{say("signin.people")}</p>
      {customers.map((customer) => (
        <fieldset key={customer}>
          <legend>{customer}</legend>
          {people
            .filter((person) => person.customer === customer)
            .map((person) => (
              <PersonButton key={person.repID} person={person} />
            ))}
        </fieldset>
      ))}
    </div>
  );
}

function PersonButton({ person: { customerID, repID, name, role } }: { person: Person }) {
  const enter = async () => {
    const reply = await fetch(`${PEOPLE}/${customerID}/${repID}`);
    const { token } = (await reply.json()) as { token: string };
    session.begin(token);
  };
  return (
    <button type="button" class="person" onClick={() => void enter()}>
      <Avatar name={name} />
      <span>
        {name} <small>{role}</small>
      </span>
    </button>
  );
}

function TokenForm() {
  const say = useText();
  const field = useRef<HTMLInputElement>(null);
  const enter = (event: Event) => {
    event.preventDefault();
    const token = tokenIn(field.current?.value ?? "");
    if (token) session.begin(token);
  };
  return (
    <form onSubmit={enter} class="token-form">
      <label for="token">{say("signin.token")}</label>
      <div class="field-and-button">
        <input id="token" type="password" autoComplete="off" ref={field} />
        <button type="submit">{say("signin.enter")}</button>
      </div>
    </form>
  );
}
