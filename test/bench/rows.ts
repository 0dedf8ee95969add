import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeToEnd, timeToText } from './measure.ts';
import type { Installed } from './peers.ts';

/** One line of the table: something that is measured once in every round. */
export interface Row {
  readonly what: string;
  readonly tool: string;
  readonly measure: () => Promise<number>;
  readonly times: number[];
}

/** What all of these prompts begin with. */
const prompt = /◆/;
const bare = 'bare node';

/** Everything that is measured, and the directory that it is measured in. */
export function prepareRows(own: Installed, peers: readonly Installed[]) {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const nothing = join(directory, 'nothing.mjs');
  writeFileSync(nothing, '');
  const symbol = join(directory, 'symbol.mjs');
  writeFileSync(symbol, "process.stdout.write('◆');\nsetTimeout(() => {}, 5000);\n");

  const rows: Row[] = [];
  const add = (what: string, tool: string, measure: Row['measure']) =>
    rows.push({ what, tool, measure, times: [] });
  /** Runs in an empty directory of its own, which is not part of the time. */
  const apart = async (measure: (cwd: string) => Promise<number>) => {
    const cwd = mkdtempSync(join(directory, 'run-'));
    const time = await measure(cwd);
    rmSync(cwd, { recursive: true, force: true });
    return time;
  };
  const words = (tool: Installed, more: string) => [...tool.words, ...more.split(' ')];
  const tools = [own, ...peers];

  const node = process.execPath;
  add('--help', bare, () => timeToEnd({ words: [node, nothing], cwd: directory }));
  for (const tool of tools) {
    add('--help', tool.name, () => timeToEnd({ words: words(tool, '--help'), cwd: directory }));
  }
  add('first prompt', bare, () => timeToText({ words: [node, symbol], cwd: directory }, prompt));
  for (const tool of tools) {
    const { ask } = tool;
    if (ask === undefined) continue;
    const asking = ask === '' ? tool.words : words(tool, ask);
    add('first prompt', tool.name, () =>
      apart((cwd) => timeToText({ words: asking, cwd }, prompt)),
    );
  }
  for (const tool of tools) {
    add(`creation: ${tool.creates}`, tool.name, () =>
      apart((cwd) => timeToEnd({ words: words(tool, tool.create), cwd })),
    );
  }
  const kept = join(directory, 'kept');
  mkdirSync(kept);
  const update = { words: words(own, 'stack --yes'), cwd: kept };
  add('update with nothing to do', own.name, () => timeToEnd(update));
  return {
    rows,
    /** The stack that the update finds. */
    setUp: () => timeToEnd({ words: words(own, own.create), cwd: kept }),
    tearDown: () => rmSync(directory, { recursive: true, force: true }),
  };
}
