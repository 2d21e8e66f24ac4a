// Texts that the browser keeps for a site: the widget's under names of its channel's own, and the console's.

export class KeptTexts {
  private readonly unkept = new Map<string, string>();
  private readonly area: Storage | null;

  constructor(
    area: () => Storage,
    private readonly prefix: string,
  ) {
    this.area = allowed(area);
  }

  get isKept(): boolean {
    return this.area !== null;
  }

  get(name: string): string | null {
    return this.unkept.get(name) ?? this.area?.getItem(this.prefix + name) ?? null;
  }

  /** Keep a text; where the browser forbids it, or has no room, only as long as the page is there. */
  set(name: string, text: string): void {
    try {
      if (!this.area) throw new DOMException("Storage is forbidden.");
      this.area.setItem(this.prefix + name, text);
      this.unkept.delete(name);
    } catch {
      this.unkept.set(name, text);
    }
  }

  remove(name: string): void {
    this.unkept.delete(name);
    this.area?.removeItem(this.prefix + name);
  }

  /** Return the names that begin so, in order. */
  names(beginning: string): string[] {
    const kept = Object.keys(this.area ?? {}).filter((name) => name.startsWith(this.prefix));
    const names = new Set([...kept.map((name) => name.slice(this.prefix.length)), ...this.unkept.keys()]);
    return [...names].filter((name) => name.startsWith(beginning)).sort();
  }

  /** Call back when another tab of the same site changes something. */
  follow(changed: () => void): void {
    addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(this.prefix)) changed();
    });
  }
}

function allowed(area: () => Storage): Storage | null {
  try {
    return area();
  } catch {
    return null; // the visitor has forbidden it
  }
}
