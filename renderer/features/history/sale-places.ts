/** Receipt numbers that no sale has; both included. */
interface NumberRange {
  from: number;
  to: number;
}

/** Where each sale stands in a list of all of them, newest first. */
export interface SalePlaces {
  /** How many sales there are. */
  count: number;
  /** The number at a place from 0; null below the oldest. */
  numberAt: (place: number) => number | null;
  /** The place of a number; null when no sale in the list has it. */
  placeOf: (saleId: number) => number | null;
}

/**
 * Receipt numbers go up by one with every sale, so a place is a number; all but the few ranges that
 * were left out when books went on from damaged ones.
 * @param newest number of the sale on top; 0: none
 * @param leftOut ranges without sales, lowest first
 */
export function salePlaces(newest: number, leftOut: readonly NumberRange[]): SalePlaces {
  const below = leftOut.filter(({ from }) => from <= newest).toReversed();
  const sizes = below.map(({ from, to }) => to - from + 1);
  const count = newest - sizes.reduce((sum, size) => sum + size, 0);
  return {
    count,
    numberAt: (place) => {
      if (place < 0 || place >= count) return null;
      let number = newest - place;
      below.forEach(({ to }, index) => {
        if (number <= to) number -= sizes[index] ?? 0;
      });
      return number;
    },
    placeOf: (saleId) => {
      if (saleId < 1 || saleId > newest) return null;
      if (below.some(({ from, to }) => saleId >= from && saleId <= to)) return null;
      const above = below.map(({ from }, index) => (from > saleId ? (sizes[index] ?? 0) : 0));
      return newest - saleId - above.reduce((sum, size) => sum + size, 0);
    },
  };
}
