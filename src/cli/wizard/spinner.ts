import type { Terminal } from '../terminal.ts';

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const restOfLine = '\u001b[0K';
const lineAbove = '\u001b[1A';

/**
 * Turns on a line of its own until the returned function is called, and leaves nothing behind. The keyboard is left
 * alone, so Ctrl-C reaches the process as always; quick work never shows it.
 */
export function spin(
  title: string,
  { style, unicode }: Pick<Terminal, 'style' | 'unicode'>,
  output: Pick<NodeJS.WriteStream, 'write'>,
): () => void {
  const frames = unicode ? ['◒', '◐', '◓', '◑'] : ['-', '\\', '|', '/'];
  const bar = style('gray', unicode ? '│' : '|');
  let frame = -1;
  const draw = () => {
    if (frame === -1) output.write(`${hideCursor}${bar}\n`);
    frame = (frame + 1) % frames.length;
    output.write(`\r${style('magenta', frames[frame] ?? '')}  ${title}${restOfLine}`);
  };
  const timer = setInterval(draw, 80);
  return () => {
    clearInterval(timer);
    if (frame !== -1) output.write(`\r${restOfLine}${lineAbove}${restOfLine}${showCursor}`);
    frame = -1;
  };
}
