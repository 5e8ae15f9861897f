/** Something to be told after the page has been loaded anew, in this window only. */
export interface OverReload<T> {
  keep: (value: T) => void;
  /** What was kept before this page was loaded; null: nothing. Once. */
  take: () => T | null;
}

/** @param key its name in the window's session storage */
export function overReload<T>(key: string): OverReload<T> {
  return {
    keep: (value) => sessionStorage.setItem(key, JSON.stringify(value)),
    take: () => {
      const text = sessionStorage.getItem(key);
      if (text === null) return null;
      sessionStorage.removeItem(key);
      try {
        return JSON.parse(text) as T;
      } catch {
        return null;
      }
    },
  };
}
