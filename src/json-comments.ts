/** Texts come first, so that what looks like a comment in one is none. A comment without an end stays, for whoever looks for faults. */
const comment = /"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
const lastComma = /"(?:[^"\\\r\n]|\\.)*"|,(?=\s*[}\]])/g;

/**
 * JSON as editors write it for people (JSONC), as plain JSON: blanks instead of comments, and of commas after the last of a
 * list. All else stays at its line and column.
 */
export function withoutComments(text: string): string {
  const blank = (found: string): string =>
    found.startsWith('"') ? found : found.replace(/[^\r\n]/g, ' ');
  return text.replace(comment, blank).replace(lastComma, blank);
}
