const LONGEST = 4000;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

/** What is new as plain lines, whatever the server sent: pages show it as text, never as HTML. */
export function plainNotes(notes: string | null): string {
  return (notes ?? "")
    .replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/gi, "")
    .replace(/<(br|\/p|\/li|\/h\d|\/div)[^>]*>/gi, "\n")
    .replace(/<[^>]{0,1000}>/g, "")
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? "")
    .split("\n")
    .map((line) => line.replace(/^\s*([-*]|#+)\s+/, "").trim())
    .filter((line) => line !== "")
    .join("\n")
    .slice(0, LONGEST);
}
