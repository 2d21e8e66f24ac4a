import { useLayoutEffect, useState } from "preact/hooks";

/** A value that components watch. */
export class Store<T> {
  private readonly watchers = new Set<(value: T) => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(value: T): void {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const watcher of [...this.watchers]) watcher(value);
  }

  /** Call `watcher` with every new value, until the function returned is called. */
  watch(watcher: (value: T) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** Return a store's value, and render again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [, render] = useState({});
  // before anything else can change it: an effect proper comes after the next picture
  useLayoutEffect(() => store.watch(() => render({})), [store]);
  return store.value;
}
