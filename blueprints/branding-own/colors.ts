/** The colour of a button, and how it looks under the pointer and pressed: the same, a tenth and a fifth nearer to black. */
export function shadesOf(color: string): { plain: string; hover: string; active: string } {
  return { plain: color.toLowerCase(), hover: darker(color, 0.9), active: darker(color, 0.8) };
}

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

function darker(color: string, factor: number): string {
  const parts = [1, 3, 5].map((at) =>
    Math.round(Number.parseInt(color.slice(at, at + 2), 16) * factor),
  );
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
