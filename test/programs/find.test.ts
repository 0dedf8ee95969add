import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { command } from './command.ts';
import { executable } from './executable.ts';
import { isRecent, unfit } from './find.ts';

const find = suite('finding the programs that judge');

find('a program that is not installed is missing, whatever numbers its name has', async () => {
  const { ok, output } = await command('lua99.4', ['-v']);
  assert.not(ok);
  assert.match(output, '99.4', 'what is said about its absence holds a version');
  const judge = { version: ['lua99.4', '-v'], least: [5, 4] } as const;
  assert.is(await unfit('lua99.4', judge), 'not installed');
});

find('one that is there but cannot say its version is missing too', async () => {
  const judge = { version: ['sh', '-c', 'echo 9.9; exit 1'], least: [1] } as const;
  assert.is(await unfit('sh', judge), 'not here in version 1 or newer');
  const silent = { version: ['sh', '-c', 'true'], least: [1] } as const;
  assert.is(await unfit('sh', silent), 'not here in version 1 or newer');
});

find('a program that is too old will not do', async () => {
  const judge = { version: ['sh', '-c', 'echo sh 1.24.9'], least: [1, 25, 1] } as const;
  assert.is(await unfit('sh', judge), 'not here in version 1.25.1 or newer');
  assert.is(await unfit('sh', { ...judge, least: [1, 24] }), undefined);
});

find('versions are compared by number', () => {
  assert.ok(isRecent('nginx version: nginx/1.26.3', [1, 25, 1]));
  assert.ok(isRecent('1.100', [1, 25, 1]));
  assert.ok(isRecent('nginx/1.25.1', [1, 25, 1]));
  assert.not(isRecent('nginx/1.25', [1, 25, 1]));
  assert.not(isRecent('no version', [1]));
});

find('a folder, or a file that may not be run, is no program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  writeFileSync(join(folder, 'tool'), '#!/bin/sh\n');
  assert.is(executable('tool', folder), undefined);
  assert.is(executable('.', folder), undefined);
  chmodSync(join(folder, 'tool'), 0o755);
  assert.is(executable('tool', `/nowhere:${folder}`), join(folder, 'tool'));
  rmSync(folder, { recursive: true });
});

find.run();
