import type { CallInput, CallName, CallOutput } from "../../main/contract/calls.ts";
import type { CallReply } from "../../main/contract/wire.ts";

/** Asks a till through its loopback server; a refusal is an error. */
export type Ask = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

/** Uses up the one-time key of the printed address, as a browser would. */
export async function openHttpDoor(url: string): Promise<Ask> {
  const { origin } = new URL(url);
  const opened = await fetch(url, { redirect: "manual" });
  const [cookie] = opened.headers.getSetCookie().map((text) => text.split(";")[0]);
  if (cookie === undefined) throw new Error(`The key did not open the till: ${opened.status}.`);
  return async (name, input) => {
    const response = await fetch(`${origin}/call/${name}`, {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const reply = (await response.json()) as CallReply<typeof name>;
    if (reply.ok) return reply.value;
    throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`);
  };
}
