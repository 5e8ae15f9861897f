/** The name by which both processes know which station is meant. */
export function instanceOf(station: number): string {
  return `soak${station}`;
}

/** @throws Error when it is no name of a station */
export function numberIn(instance: string): number {
  const number = /soak(\d+)/.exec(instance)?.[1];
  if (number === undefined) throw new Error(`${instance} is no printer of the soak`);
  return Number(number);
}
