import { asciiMarks, type Marks, unicodeMarks } from './box-characters.ts';
import { columnsOf, padTo, wrap } from './wrap.ts';

/** A box and what its arrows lead to. */
export interface Node {
  /** What stands on the arrow that leads here; words may be broken over lines. */
  readonly label: string;
  readonly lines: readonly string[];
  /** `false`: its name only, because its box stands elsewhere. */
  readonly boxed?: boolean;
  readonly children: readonly Node[];
}

/** Longest text on an arrow before it goes on in a second line. */
const labelWidth = 15;

/** A box on top, as wide as `width` allows, and boxes with arrows from left to right below it. */
export function treeLines(root: Node, width: number, unicode: boolean): readonly string[] {
  const marks = unicode ? unicodeMarks : asciiMarks;
  const [top = '', ...box] = drawBox(titleLines(root.lines, width - 4, marks), marks);
  const bottom = (box.pop() ?? '').replace(/^(..)./, `$1${marks.fork}`);
  const below = drawBranches(root.children, marks, false).map((line) => ` ${line}`.trimEnd());
  return [top, ...box, bottom, ...below];
}

/** Stations on the way, in one line where there is room. */
function titleLines(
  stations: readonly string[],
  width: number,
  { into }: Marks,
): readonly string[] {
  const line = stations.join(` ${into} `);
  if (columnsOf(line) <= width) return [line];
  return stations.flatMap((station, index) =>
    wrap(index === 0 ? station : `${into} ${station}`, width).flatMap((row) => breakAt(row, width)),
  );
}

/** An address or name that is longer than the line, in parts that end at its colons or dots as far as they can. */
function breakAt(line: string, width: number): readonly string[] {
  if (columnsOf(line) <= width) return [line];
  const part = new RegExp(`.{1,${width}}$|.{1,${width - 1}}[:.]|.{1,${width}}`, 'gu');
  return line.match(part) ?? [line];
}

function drawBox(lines: readonly string[], marks: Marks): string[] {
  const { horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight } = marks;
  const inner = Math.max(...lines.map(columnsOf));
  const edge = horizontal.repeat(inner + 2);
  return [
    `${topLeft}${edge}${topRight}`,
    ...lines.map((line) => `${vertical} ${padTo(line, inner)} ${vertical}`),
    `${bottomLeft}${edge}${bottomRight}`,
  ];
}

function drawNode({ lines, boxed, children }: Node, marks: Marks): string[] {
  if (boxed === false) return ['', ` ${lines[0]}`];
  const box = drawBox(lines, marks);
  if (children.length === 0) return box;
  const right = drawBranches(children, marks);
  const height = Math.max(box.length, right.length);
  const blank = ' '.repeat(columnsOf(box[0] ?? ''));
  return Array.from({ length: height }, (_, row) => (box[row] ?? blank) + (right[row] ?? ''));
}

/** The arrows out of a box, one below the other; beside a box the first one leaves at the height of its title. */
function drawBranches(children: readonly Node[], marks: Marks, beside = true): string[] {
  const labels = children.map(({ label }) => wrap(label, labelWidth));
  const column = Math.max(...labels.flat().map(columnsOf));
  return children.flatMap((child, index) => {
    const first = beside && index === 0;
    const last = index === children.length - 1;
    const box = drawNode(child, marks);
    // The arrow meets the box at its title; the label stands above it, the rest of a long one below.
    const [head = '', ...below] = labels[index] ?? [];
    // A label of several lines is kept apart from the next one.
    const spacer = below.length > 0 && !last ? 1 : 0;
    const height = Math.max(box.length, 2 + below.length + spacer);
    const straight = last ? marks.horizontal : marks.fork;
    const joint = first ? straight : last ? marks.last : marks.branch;
    return Array.from({ length: height }, (_, row) => {
      const arrow = `${joint}${marks.horizontal.repeat(column + 1)}${marks.head}`;
      const trunk = (first && row === 0) || (last && row > 1) ? ' ' : marks.vertical;
      const text = row === 0 ? head : (below[row - 2] ?? '');
      const left =
        row === 1
          ? `${first ? marks.horizontal : ' '}${arrow}`
          : ` ${trunk} ${padTo(text, column)} `;
      return left + (box[row] ?? '');
    });
  });
}
