import { type Project, TextFile } from 'projen';
import { type Way, ways } from '../src/access/ways.ts';

/** Somebody in a cell: those whom the server knows, or those whom it does not. */
interface Who {
  readonly text: string;
  readonly known: boolean;
}

const columns = { answers: 18, opens: 330, joins: 480, moderates: 780 };
const colours = { known: '#79c0ff', strange: '#f2cc60', dim: '#8b949e' };
const rowHeight = 34;
/** Of one letter, in the font below. */
const letter = 8.43;

/** Writes the picture of who may do what in `docs/authentication.md`, from the combinations that there are. */
export class AccessPicture extends TextFile {
  constructor(project: Project) {
    super(project, 'docs/images/access.svg', { marker: false, lines: picture() });
  }
}

function picture(): string[] {
  const closed = ways.filter(({ signIn }) => !signIn.includes('nothing'));
  const rows = [...closed, ...ways.filter((way) => !closed.includes(way))];
  const height = 92 + rows.length * rowHeight;
  const heads = Object.entries(columns).map(([name, x]) => said(name, x, 62, colours.dim));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="980" height="${height}" viewBox="0 0 980 ${height}" role="img" aria-label="who may open a room, who may join, who moderates">`,
    '<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}</style>',
    `<rect width="980" height="${height}" rx="8" fill="#0d1117"/>`,
    ...pills([{ text: 'people whom the server knows', known: true }], columns.answers, 28),
    ...pills([{ text: 'strangers', known: false }], columns.opens, 28),
    ...heads,
    ...rows.flatMap(row),
    '</svg>',
    '',
  ];
}

function row(way: Way, index: number): string[] {
  const y = 96 + index * rowHeight;
  const line = `<line x1="18" x2="962" y1="${y - 22}" y2="${y - 22}" stroke="#21262d"/>`;
  return [
    line,
    said(answersOf(way), columns.answers, y, '#c9d1d9'),
    ...pills([opener(way)], columns.opens, y),
    ...pills([opener(way), ...guestsOf(way)], columns.joins, y),
    ...pills([moderatorOf(way)], columns.moderates, y),
  ];
}

function answersOf({ signIn, guests, moderators }: Way): string {
  if (signIn.includes('nothing')) return `open, moderators ${moderators}`;
  if (signIn.includes('matrix')) return `matrix, moderators ${moderators}`;
  return `guests ${guests}, moderators ${moderators}`;
}

function opener({ signIn }: Way): Who {
  if (signIn.includes('nothing')) return { text: 'anybody', known: false };
  if (signIn.includes('matrix')) return { text: 'in the room', known: true };
  return { text: signIn.includes('password') ? 'signed in' : 'with token', known: true };
}

function guestsOf({ guests }: Way): readonly Who[] {
  const text = { none: '', wait: 'once one is there', knock: 'let in one by one' }[guests];
  return text ? [{ text, known: false }] : [];
}

function moderatorOf({ signIn, moderators }: Way): Who {
  const known = !signIn.includes('nothing');
  const text = {
    'signed-in': 'all of them',
    first: 'the first one',
    token: 'as the token says',
    'power-level': 'by power level',
    everybody: 'everybody',
  }[moderators];
  return { text, known };
}

/** Words in frames, one after the other; `y` is where their letters stand. */
function pills(all: readonly Who[], x: number, y: number): string[] {
  let left = x;
  return all.flatMap(({ text, known }) => {
    const width = Math.round(text.length * letter) + 20;
    const colour = known ? colours.known : colours.strange;
    const frame = `<rect x="${left}" y="${y - 16}" width="${width}" height="23" rx="11" fill="none" stroke="${colour}"/>`;
    const words = said(text, left + 10, y, colour);
    left += width + 8;
    return [frame, words];
  });
}

function said(text: string, x: number, y: number, colour: string): string {
  return `<text x="${x}" y="${y}" textLength="${(text.length * letter).toFixed(1)}" fill="${colour}">${text}</text>`;
}
