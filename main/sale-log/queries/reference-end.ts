/** A payment's reference as it is compared from its end: letters and digits only, in lower case. */
export function referenceEnd(reference: string): string {
  return reference.toLowerCase().replace(/[^0-9a-z]/g, "");
}
