/** A label for a canvas, where no element can isolate it: characters that turn or hide text stand as a box. */
export function canvasLabel(text: string, most = 32): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '\u25a1');
  const letters = Array.from(plain);
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : plain;
}
