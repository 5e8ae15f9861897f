let requestedDayId: number | null = null;

/** Opens a day's A4 page and has it printed as soon as it is complete. */
export function printDayPage(dayId: number): void {
  requestedDayId = dayId;
  window.location.hash = `#/print/day/${dayId}`;
}

/** True once for a page that was opened to be printed; never for one a shell turns into a PDF. */
export function takePrintRequest(dayId: number): boolean {
  const isRequested = requestedDayId === dayId;
  if (isRequested) requestedDayId = null;
  return isRequested;
}
