import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that shows plain text of 80 columns and cannot answer. */
export const plainTerminal: Terminal = {
  interactive: false,
  plain: false,
  columns: 80,
  unicode: true,
  style: (_, text) => text,
};
