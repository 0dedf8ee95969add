/** Words in one colour; `dim` for what is less important. */
export interface Span {
  readonly text: string;
  readonly colour?: keyof typeof colours;
}

const colours = {
  frame: '#8b949e',
  done: '#7ee787',
  active: '#79c0ff',
  warning: '#f2cc60',
  dim: '#8b949e',
} as const;

const step = { across: 8.43, down: 19 };
const edge = { left: 18, top: 58 };

/** A terminal with these lines, as an SVG that needs no font of its own. */
export function terminalPicture(title: string, lines: readonly (readonly Span[])[]): string {
  const columns = Math.max(...lines.map((spans) => lengthOf(spans)));
  const width = Math.ceil(columns * step.across + 2 * edge.left);
  const height = edge.top + lines.length * step.down;
  const rows = lines.flatMap((spans, row) =>
    spans.flatMap((span, index) => {
      const x = edge.left + lengthOf(spans.slice(0, index)) * step.across;
      return textAt(span, x, edge.top + row * step.down);
    }),
  );
  const dot = (x: number, colour: string) => `<circle cx="${x}" cy="18" r="5.5" fill="${colour}"/>`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    '<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#c9d1d9;white-space:pre}</style>',
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    [dot(20, '#ff5f57'), dot(38, '#febc2e'), dot(56, '#28c840')].join(''),
    `<text x="${width / 2}" y="22" text-anchor="middle" style="fill:#8b949e">${escaped(title)}</text>`,
    ...rows,
    '</svg>',
  ].join('\n')}\n`;
}

/** The words of a picture, line by line, as somebody reads them. */
export function wordsOf(picture: string): string {
  return picture.replaceAll(/<[^>]*>/g, '');
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + [...text].length, 0);
}

function textAt({ text, colour }: Span, x: number, y: number): string[] {
  if (text.trim() === '') return [];
  const lead = text.length - text.trimStart().length;
  const shown = text.trim();
  const length = ([...shown].length * step.across).toFixed(1);
  const fill = colour ? ` style="fill:${colours[colour]}"` : '';
  const at = (x + lead * step.across).toFixed(1);
  return [`<text x="${at}" y="${y}" textLength="${length}"${fill}>${escaped(shown)}</text>`];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
