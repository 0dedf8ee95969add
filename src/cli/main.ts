#!/usr/bin/env node
import type { CommandContext } from './context.ts';
import { flags } from './flags.ts';
import { visible } from './output.ts';
import { run } from './run.ts';
import { thisTerminal } from './terminal.ts';

// Whoever lets everybody write what is made here (umask 000) does not mean the scripts that root runs.
const given = process.umask(0o077);
process.umask(given | 0o002);

const terminal = thisTerminal();
const showCursor = '\u001b[?25h';

const context: CommandContext = {
  directory: process.cwd(),
  terminal,
  print: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
  farewell: {},
  flags,
  sections: async () => (await import('./questions.ts')).questions,
  host: async () => (await import('../answers/detect/host.ts')).detectHost(),
  stages: async (stacks) => (await import('./stages.ts')).loadStages(stacks),
  asker: async () =>
    terminal.plain
      ? (await import('./wizard/plain.ts')).plainAsker(terminal.columns)
      : (await import('./wizard/clack.ts')).clackAsker(terminal),
};

// Between questions the keyboard is nobody's, so Ctrl-C arrives as a signal. What has been begun is undone at exit.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    const more = context.farewell.text?.() ?? '';
    const start = terminal.interactive ? `${terminal.plain ? '' : showCursor}\n` : '';
    process.stderr.write(`${start}Cancelled.\n${more && `${visible(more)}\n`}`);
    process.exit(code);
  });
}
// A reader that has seen enough (`| head`) is no defect.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const code = await run(process.argv.slice(2), context);
// What detection still waits for is of no interest any more.
process.stdout.write('', () => process.exit(code));
