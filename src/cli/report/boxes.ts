/** A box and what its arrows lead to. */
export interface Node {
  /** What stands on the arrow that leads here; words may be broken over lines. */
  readonly label: string;
  readonly lines: readonly string[];
  readonly children: readonly Node[];
}

const unicodeMarks = {
  horizontal: '─',
  vertical: '│',
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  out: '├',
  fork: '┬',
  branch: '├',
  last: '└',
  head: '▶',
  into: '→',
};

const asciiMarks: typeof unicodeMarks = {
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  out: '+',
  fork: '+',
  branch: '+',
  last: '+',
  head: '>',
  into: '->',
};

/** Longest text on an arrow before it goes on in a second line. */
const labelWidth = 15;

/** A box on top, and boxes with arrows from left to right below it; an indented list where that would be too wide. */
export function treeText(root: Node, width: number, unicode: boolean): string {
  const marks = unicode ? unicodeMarks : asciiMarks;
  const title = root.lines.join(` ${marks.into} `);
  const edge = marks.horizontal.repeat(title.length);
  const { topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical, fork } = marks;
  const below = drawBranches(root.children, marks, false).map((line) => ` ${line}`.trimEnd());
  const drawn = [
    `${topLeft}${horizontal}${edge}${horizontal}${topRight}`,
    `${vertical} ${title} ${vertical}`,
    `${bottomLeft}${horizontal}${fork}${edge.slice(1)}${horizontal}${bottomRight}`,
    ...below,
  ];
  const widest = Math.max(...drawn.map((line) => line.length));
  return (widest <= width ? drawn : [title, ...listBranches(root, marks)]).join('\n');
}

function drawNode({ lines, children }: Node, marks: typeof unicodeMarks): string[] {
  const { horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight } = marks;
  const inner = Math.max(...lines.map((line) => line.length));
  const edge = horizontal.repeat(inner + 2);
  const box = [
    `${topLeft}${edge}${topRight}`,
    ...lines.map((line) => `${vertical} ${line.padEnd(inner)} ${vertical}`),
    `${bottomLeft}${edge}${bottomRight}`,
  ];
  if (children.length === 0) return box;
  const right = drawBranches(children, marks);
  const height = Math.max(box.length, right.length);
  const blank = ' '.repeat(inner + 4);
  return Array.from({ length: height }, (_, row) => (box[row] ?? blank) + (right[row] ?? ''));
}

/** The arrows out of a box, one below the other; beside a box the first one leaves at the height of its title. */
function drawBranches(
  children: readonly Node[],
  marks: typeof unicodeMarks,
  beside = true,
): string[] {
  const labels = children.map(({ label }) => foldLabel(label));
  const column = Math.max(...labels.flat().map((line) => line.length));
  return children.flatMap((child, index) => {
    const first = beside && index === 0;
    const last = index === children.length - 1;
    const box = drawNode(child, marks);
    // The arrow meets the box at its title; the label stands above it, the rest of a long one below.
    const [head = '', ...below] = labels[index] ?? [];
    const height = Math.max(box.length, 2 + below.length);
    const straight = last ? marks.horizontal : marks.fork;
    const joint = first ? straight : last ? marks.last : marks.branch;
    return Array.from({ length: height }, (_, row) => {
      const arrow = `${joint}${marks.horizontal.repeat(column + 1)}${marks.head}`;
      const trunk = (first && row === 0) || (last && row > 1) ? ' ' : marks.vertical;
      const text = row === 0 ? head : (below[row - 2] ?? '');
      const left =
        row === 1
          ? `${first ? marks.horizontal : ' '}${arrow}`
          : ` ${trunk} ${text.padEnd(column)} `;
      return left + (box[row] ?? '');
    });
  });
}

/** Words over as few lines as fit beside an arrow. */
function foldLabel(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= labelWidth) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function listBranches({ children }: Node, marks: typeof unicodeMarks): string[] {
  return children.flatMap((child, index) => {
    const last = index === children.length - 1;
    const joint = last ? marks.last : marks.branch;
    return [
      `${joint}${marks.horizontal} ${child.label} ${marks.horizontal}${marks.head} ${child.lines[0]}`,
      ...listBranches(child, marks).map((line) => `${last ? ' ' : marks.vertical}  ${line}`),
    ];
  });
}
