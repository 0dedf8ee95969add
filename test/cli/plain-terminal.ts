import type { Terminal } from '../../src/cli/terminal.ts';

/** Plain text of 80 columns, as much as there is, and nobody who answers. */
export const plainTerminal: Terminal = {
  interactive: false,
  plain: false,
  columns: 80,
  lines: Number.POSITIVE_INFINITY,
  unicode: true,
  style: (_, text) => text,
};
