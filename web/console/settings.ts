import { inBrowser } from "./kept";
import { Store } from "./store";

/** A choice of this browser's user, kept in localStorage. */
export class Setting<T extends string> extends Store<T> {
  constructor(
    private readonly key: string,
    readonly choices: readonly T[],
    otherwise: T,
  ) {
    const kept = inBrowser.get(key);
    super(choices.find((choice) => choice === kept) ?? otherwise);
  }

  override set(value: T): void {
    inBrowser.set(this.key, value);
    super.set(value);
  }
}

export const theme = new Setting("theme", ["system", "light", "dark"] as const, "system");
export const language = new Setting(
  "language",
  ["en", "nl"] as const,
  navigator.language.startsWith("nl") ? "nl" : "en",
);

/** Show theme and language on the document, now and whenever they change. */
export function applySettings(): void {
  const root = document.documentElement;
  const apply = () => {
    root.dataset["theme"] = theme.value;
    root.lang = language.value;
  };
  theme.watch(apply);
  language.watch(apply);
  apply();
}
