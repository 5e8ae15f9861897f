/** Upper halves (80h-FFh) of the single-byte code pages ESC t selects, and the ESC R national characters. */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";
const CP850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/** Pages the platform's own decoder knows. */
const PLATFORM_PAGES = new Map<number, string>([
  [16, "windows-1252"],
  [17, "ibm866"],
  [46, "windows-1251"],
  [47, "windows-1253"],
  [48, "windows-1254"],
]);

function upperHalf(page: number): string {
  if (page === 2) return CP850;
  if (page === 19) return CP850.replace("ı", "€");
  const label = PLATFORM_PAGES.get(page);
  if (label === undefined) return CP437;
  return new TextDecoder(label).decode(Uint8Array.from({ length: 128 }, (_, index) => index + 128));
}

const upperHalves = new Map<number, string[]>();

/** The character a byte from 80h up means on code page `page` (ESC t n); unknown pages read as PC437. */
export function codePageCharacter(page: number, byte: number): string {
  let characters = upperHalves.get(page);
  if (characters === undefined) {
    characters = [...upperHalf(page)];
    upperHalves.set(page, characters);
  }
  return characters[byte - 128] ?? " ";
}

const NATIONAL_POSITIONS = "#$@[\\]^`{|}~";
/** ESC R n, in the order of n; the same twelve positions each. */
const NATIONAL_SETS = [
  "#$@[\\]^`{|}~", // USA
  "#$à°ç§^`éùè¨", // France
  "#$§ÄÖÜ^`äöüß", // Germany
  "£$@[\\]^`{|}~", // UK
  "#$@ÆØÅ^`æøå~", // Denmark I
  "#¤ÉÄÖÅÜéäöåü", // Sweden
  "#$@°\\é^ùàòèì", // Italy
  "₧$@¡Ñ¿^`¨ñ}~", // Spain I
  "#$@[¥]^`{|}~", // Japan
  "#¤ÉÆØÅÜéæøåü", // Norway
  "#$ÉÆØÅÜéæøåü", // Denmark II
  "#$á¡Ñ¿é`íñóú", // Spain II
  "#$á¡Ñ¿éüíñóú", // Latin America
  "#$@[₩]^`{|}~", // Korea
  "#$ŽŠĐĆČžšđćč", // Slovenia, Croatia
  "#¥@[\\]^`{|}~", // China
] as const;

/** The character an ASCII byte means in the national set chosen by ESC R. */
export function nationalCharacter(set: number, byte: number): string {
  const plain = String.fromCharCode(byte);
  const position = NATIONAL_POSITIONS.indexOf(plain);
  if (position < 0) return plain;
  return [...(NATIONAL_SETS[set] ?? NATIONAL_SETS[0])][position] ?? plain;
}
