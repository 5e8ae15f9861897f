/** True when a moment falls on a business date (`YYYY-MM-DD`) of this computer's wall clock. */
export function isOnDate(ms: number, date: string): boolean {
  const at = new Date(ms);
  const [year, month, day] = date.split("-").map(Number);
  return at.getFullYear() === year && at.getMonth() + 1 === month && at.getDate() === day;
}
