import { useSyncExternalStore } from "react";

/** Where the page is. Kept in the hash so that it works from app:// and http:// alike. */
export type Route =
  | { page: "sell" }
  | { page: "history"; saleId: number | null }
  | { page: "dayEnd" }
  | { page: "settings"; section: string }
  | { page: "printDay"; dayId: number | null };

/** The route of a location hash; anything unknown is the sell screen. */
export function routeOf(hash: string): Route {
  const parts = hash.replace(/^#\/?/, "").split("/");
  const id = /^\d{1,12}$/.test(parts.at(-1) ?? "") ? Number(parts.at(-1)) : null;
  switch (parts[0]) {
    case "history":
      return { page: "history", saleId: id };
    case "day-end":
      return { page: "dayEnd" };
    case "settings":
      return { page: "settings", section: parts[1] ?? "" };
    case "print":
      return parts[1] === "day" ? { page: "printDay", dayId: id } : { page: "sell" };
    default:
      return { page: "sell" };
  }
}

/** Goes to a hash such as `#/history/42`. */
export function go(hash: string): void {
  window.location.hash = hash;
}

function onHash(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(onHash, () => window.location.hash));
}
