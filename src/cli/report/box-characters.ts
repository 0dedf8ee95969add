/** The characters that boxes and arrows are drawn with. */
export const unicodeMarks = {
  horizontal: '─',
  vertical: '│',
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  fork: '┬',
  branch: '├',
  last: '└',
  head: '▶',
  into: '→',
};

export type Marks = Readonly<Record<keyof typeof unicodeMarks, string>>;

/** The same for terminals without them. */
export const asciiMarks: Marks = {
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  fork: '+',
  branch: '+',
  last: '+',
  head: '>',
  into: '->',
};
