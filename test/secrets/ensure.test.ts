import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lastOf, parseEnv, readValue } from '../../src/env-file.ts';
import { StackError } from '../../src/errors.ts';
import type { SecretsOptions } from '../../src/secrets/ensure.ts';
import { ensureSecrets, SecretsMissing } from '../../src/secrets/index.ts';
import { needs } from '../programs/needs.ts';

const root = mkdtempSync(join(tmpdir(), 'secrets-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const names = [
  { name: 'JICOFO_AUTH_PASSWORD', about: 'Logs the conference focus in' },
  { name: 'JVB_AUTH_PASSWORD' },
];
const hex = '[0-9a-f]{32}';

class Place {
  readonly directory = mkdtempSync(join(root, 'stack-'));
  readonly file = join(this.directory, '.env');

  constructor(text?: string | Buffer, mode = 0o600) {
    if (text === undefined) return;
    writeFileSync(this.file, text);
    chmodSync(this.file, mode);
  }

  get text(): string {
    return readFileSync(this.file, 'latin1');
  }

  get mode(): string {
    return (statSync(this.file).mode & 0o777).toString(8);
  }

  ensure(options?: SecretsOptions) {
    return ensureSecrets(this.directory, names, options);
  }
}

async function refusal(run: Promise<unknown>): Promise<StackError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const test = suite('secrets');

test('are made once, for the eyes of their owner only', async () => {
  const place = new Place();
  const umask = process.umask(0);
  try {
    assert.equal(await place.ensure(), {
      added: ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'],
      kept: [],
      taken: [],
      toFill: [],
      written: true,
    });
  } finally {
    process.umask(umask);
  }
  assert.is(place.mode, '600');
  assert.match(
    place.text,
    new RegExp(
      `^# [^\n]+\n# Logs the conference focus in\nJICOFO_AUTH_PASSWORD=${hex}\nJVB_AUTH_PASSWORD=${hex}\n$`,
    ),
  );
  const [first, second] = place.text.match(new RegExp(hex, 'g')) ?? [];
  assert.is.not(first, second);
  const before = statSync(place.file);
  assert.equal(await place.ensure(), {
    added: [],
    kept: ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'],
    taken: [],
    toFill: [],
    written: false,
  });
  assert.equal(statSync(place.file), before);
  assert.equal(readdirSync(place.directory), ['.env']);
});

test('of an older installation keep their values; what is set here already stays', async () => {
  const values = new Map([
    ['JICOFO_AUTH_PASSWORD', 'a b$c'],
    ['JVB_AUTH_PASSWORD', 'theirs'],
  ]);
  const place = new Place('JVB_AUTH_PASSWORD=mine\n');
  const { taken, added, kept } = await place.ensure({ values, expected: true });
  assert.equal([taken, added, kept], [['JICOFO_AUTH_PASSWORD'], [], ['JVB_AUTH_PASSWORD']]);
  assert.match(place.text, /^JVB_AUTH_PASSWORD=mine\n[\s\S]*\nJICOFO_AUTH_PASSWORD="a b\\\$c"\n$/);
  const fresh = new Place();
  const report = await ensureSecrets(
    fresh.directory,
    [...names, { name: 'TURN_CREDENTIALS', given: true }],
    { values: new Map([['TURN_CREDENTIALS', 'ours']]), expected: true },
  );
  assert.equal([report.taken, report.toFill], [['TURN_CREDENTIALS'], []]);
  assert.match(fresh.text, /^TURN_CREDENTIALS=ours$/m);
});

/** What is there, and what it looks like afterwards; `~` stands for a new value. */
const files: [string, string, string][] = [
  [
    'appended to what is there',
    'A=1\nJVB_AUTH_PASSWORD=old\n',
    'A=1\nJVB_AUTH_PASSWORD=old\n\n# …\n# …\nJICOFO_AUTH_PASSWORD=~\n',
  ],
  [
    'appended after a line without an end',
    'JVB_AUTH_PASSWORD=old',
    'JVB_AUTH_PASSWORD=old\n\n# …\n# …\nJICOFO_AUTH_PASSWORD=~\n',
  ],
  [
    'appended with CRLF',
    'JVB_AUTH_PASSWORD=old\r\nA=1\r\n',
    'JVB_AUTH_PASSWORD=old\r\nA=1\r\n\r\n# …\r\n# …\r\nJICOFO_AUTH_PASSWORD=~\r\n',
  ],
  [
    'filled in place',
    'JICOFO_AUTH_PASSWORD=\nJVB_AUTH_PASSWORD=old\nA=1\n',
    'JICOFO_AUTH_PASSWORD=~\nJVB_AUTH_PASSWORD=old\nA=1\n',
  ],
  [
    'filled in place of empty quotes',
    'export JICOFO_AUTH_PASSWORD=""\r\nJVB_AUTH_PASSWORD=\'old\'\r\n',
    "export JICOFO_AUTH_PASSWORD=~\r\nJVB_AUTH_PASSWORD='old'\r\n",
  ],
  [
    'filled in before a comment',
    'JICOFO_AUTH_PASSWORD= # to do\nJVB_AUTH_PASSWORD=x\n',
    'JICOFO_AUTH_PASSWORD= ~ # to do\nJVB_AUTH_PASSWORD=x\n',
  ],
  [
    'filled in where the last definition is empty',
    'JVB_AUTH_PASSWORD=x\nJICOFO_AUTH_PASSWORD=a\nJICOFO_AUTH_PASSWORD=\n',
    'JVB_AUTH_PASSWORD=x\nJICOFO_AUTH_PASSWORD=a\nJICOFO_AUTH_PASSWORD=~\n',
  ],
  [
    'kept where the last definition is not',
    'JVB_AUTH_PASSWORD=x\nJICOFO_AUTH_PASSWORD=\nJICOFO_AUTH_PASSWORD=a\n',
    'JVB_AUTH_PASSWORD=x\nJICOFO_AUTH_PASSWORD=\nJICOFO_AUTH_PASSWORD=a\n',
  ],
  [
    'kept with a byte order mark',
    '\xef\xbb\xbfJICOFO_AUTH_PASSWORD=a\nJVB_AUTH_PASSWORD : b\n',
    '\xef\xbb\xbfJICOFO_AUTH_PASSWORD=a\nJVB_AUTH_PASSWORD : b\n',
  ],
  [
    'not found in comments',
    '# JICOFO_AUTH_PASSWORD=a\nJVB_AUTH_PASSWORD=b\n',
    '# JICOFO_AUTH_PASSWORD=a\nJVB_AUTH_PASSWORD=b\n\n# …\n# …\nJICOFO_AUTH_PASSWORD=~\n',
  ],
  [
    'not found inside a value of many lines',
    'KEY="-----\nJICOFO_AUTH_PASSWORD=no\n\\"-----" # key\nJVB_AUTH_PASSWORD=b\n',
    'KEY="-----\nJICOFO_AUTH_PASSWORD=no\n\\"-----" # key\nJVB_AUTH_PASSWORD=b\n\n# …\n# …\nJICOFO_AUTH_PASSWORD=~\n',
  ],
  [
    'written beside bytes of any encoding',
    'A=caf\xe9 # \xff\n\n\n  ODD LINE\nJVB_AUTH_PASSWORD=b',
    'A=caf\xe9 # \xff\n\n\n  ODD LINE\nJVB_AUTH_PASSWORD=b\n\n# …\n# …\nJICOFO_AUTH_PASSWORD=~\n',
  ],
  ['written into an empty file', '', '# …\n# …\nJICOFO_AUTH_PASSWORD=~\nJVB_AUTH_PASSWORD=~\n'],
];
for (const [name, before, after] of files) {
  test(`are ${name}`, async () => {
    const place = new Place(Buffer.from(before, 'latin1'));
    await place.ensure();
    const escaped = after.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    assert.match(
      place.text,
      new RegExp(`^${escaped.replaceAll('~', hex).replaceAll('# …', '# [^\\r\\n]+')}$`),
    );
    const again = place.text;
    assert.equal((await place.ensure()).added, []);
    assert.is(place.text, again);
  });
}

test('are hidden from others when they were not, with a report', async () => {
  const place = new Place('JICOFO_AUTH_PASSWORD=a\nJVB_AUTH_PASSWORD=b\n', 0o644);
  assert.is((await place.ensure()).wasReadable, '0644');
  assert.is(place.mode, '600');
  assert.is((await place.ensure()).wasReadable, undefined);
  const strict = new Place('A=1\n', 0o400);
  await strict.ensure();
  assert.is(strict.mode, '400');
});

(await needs(test, 'root'))('keep the owner of their file', async () => {
  const place = new Place('A=1\n');
  chownSync(place.file, 1234, 4321);
  await place.ensure();
  const { uid, gid } = statSync(place.file);
  assert.equal([uid, gid], [1234, 4321]);
});

test('secrets of an existing stack are not invented anew', async () => {
  const place = new Place();
  const error = await refusal(place.ensure({ expected: true }));
  assert.instance(error, SecretsMissing);
  assert.match(error.message, /^\.env: .*JICOFO_AUTH_PASSWORD.*backup/);
  assert.equal(readdirSync(place.directory), []);
});

test('secrets are only counted in a dry run', async () => {
  const place = new Place('JVB_AUTH_PASSWORD=old\n', 0o640);
  assert.equal(await place.ensure({ dryRun: true }), {
    added: ['JICOFO_AUTH_PASSWORD'],
    kept: ['JVB_AUTH_PASSWORD'],
    taken: [],
    toFill: [],
    written: true,
    wasReadable: '0640',
  });
  assert.is(place.text, 'JVB_AUTH_PASSWORD=old\n');
  assert.is(place.mode, '640');
});

test('secrets are written where a link points', async () => {
  const place = new Place();
  const real = join(mkdtempSync(join(root, 'real-')), 'secrets.env');
  writeFileSync(real, 'A=1\n', { mode: 0o600 });
  symlinkSync(real, place.file);
  await place.ensure();
  assert.match(readFileSync(real, 'utf8'), /^A=1\n.*JVB_AUTH_PASSWORD=/s);
  assert.ok((await import('node:fs')).lstatSync(place.file).isSymbolicLink());
});

const refusals: [string, (place: Place) => void, RegExp][] = [
  [
    'a link to nowhere',
    ({ file }) => symlinkSync('/nowhere/at/all', file),
    /link to a file that does not exist/,
  ],
  [
    'a link to what is no such file',
    ({ file }) => {
      writeFileSync(`${file}.other`, 'root:x:0:0:root:/root:/bin/bash\n');
      symlinkSync(`${file}.other`, file);
    },
    /holds no line NAME=value/,
  ],
  ['a directory, as Docker makes one', ({ file }) => mkdirSync(file), /not a file.*Docker/],
  [
    'a quote that is never closed',
    ({ file }) => writeFileSync(file, 'A=1\nB="secret\nC=3\n'),
    /^\.env, line 2: .*value of B/,
  ],
];
(await needs(test, 'root'))('are refused with a link to a file of somebody else’s', async () => {
  const place = new Place();
  const other = `${place.file}.other`;
  writeFileSync(other, 'A=1\n', { mode: 0o640 });
  symlinkSync(other, place.file);
  lchownSync(place.file, 1234, 1234);
  assert.match((await refusal(place.ensure())).message, /belongs to somebody else/);
  assert.is(readFileSync(other, 'utf8'), 'A=1\n');
  assert.is(statSync(other).mode & 0o777, 0o640);
});
for (const [name, prepare, expected] of refusals) {
  test(`are refused with ${name}`, async () => {
    const place = new Place();
    prepare(place);
    const error = await refusal(place.ensure());
    assert.match(error.message, expected);
    assert.not.match(error.message, 'secret\n');
  });
}

test('of others are left for the owner to fill in', async () => {
  const place = new Place('A=1\n');
  const given = [{ name: 'LDAP_BINDPW', about: 'From your directory', given: true }];
  assert.equal((await ensureSecrets(place.directory, given)).toFill, ['LDAP_BINDPW']);
  assert.match(place.text, '# From your directory\nLDAP_BINDPW=\n');
  const before = place.text;
  assert.equal(await ensureSecrets(place.directory, given), {
    added: [],
    kept: [],
    taken: [],
    toFill: ['LDAP_BINDPW'],
    written: false,
  });
  assert.is(place.text, before);
  writeFileSync(place.file, before.replace('LDAP_BINDPW=', 'LDAP_BINDPW=x'));
  assert.equal((await ensureSecrets(place.directory, given)).kept, ['LDAP_BINDPW']);
});

test('what its owner has typed goes into the file, whatever it holds, and is read back from it', async () => {
  for (const typed of [`it's "$HOME" \\ #1 ü`, 'plain', 'a b', 'x=y']) {
    const place = new Place();
    const given = [...names, { name: 'LDAP_BINDPW', given: true }];
    const report = await ensureSecrets(place.directory, given, {
      entered: new Map([['LDAP_BINDPW', typed]]),
    });
    assert.equal([report.toFill, report.taken], [[], []]);
    const text = readFileSync(place.file, 'utf8');
    const variable = lastOf(parseEnv(text), 'LDAP_BINDPW');
    assert.is(variable && readValue(text, variable), typed);
  }
  const kept = new Place('LDAP_BINDPW=mine\n');
  const given = [{ name: 'LDAP_BINDPW', given: true }];
  await ensureSecrets(kept.directory, given, { entered: new Map([['LDAP_BINDPW', 'other']]) });
  assert.is(kept.text, 'LDAP_BINDPW=mine\n');
});

test('a value is read as Compose reads it, and one that other variables make is not', () => {
  for (const [written, value] of [
    [`'a\\'b $c'`, `a'b $c`],
    ['"a\\"b\\\\ \\$c\\n"', 'a"b\\ $c\n'],
    ['plain # comment', 'plain'],
    ['', undefined],
    ['$OTHER', undefined],
    [`"a ${'$'}{OTHER}"`, undefined],
  ] as const) {
    const text = `A=${written}\n`;
    const variable = lastOf(parseEnv(text), 'A');
    assert.is(variable && readValue(text, variable), value, written);
  }
});

test('are not written when none are wanted', async () => {
  const place = new Place();
  await ensureSecrets(place.directory, []);
  assert.equal(readdirSync(place.directory), []);
});

test('do not replace each other when two runs make them at once', async () => {
  const place = new Place();
  const reports = await Promise.all([place.ensure(), place.ensure(), place.ensure()]);
  assert.is(reports.filter(({ added }) => added.length > 0).length, 1);
  assert.is(place.text.match(new RegExp(hex, 'g'))?.length, 2);
});

test('leave no copy behind of a run that was killed', async () => {
  const place = new Place('A=1\n');
  const [old, young] = ['.env.0123456789ab.tmp', '.env.ba9876543210.tmp'].map((name) =>
    join(place.directory, name),
  );
  for (const file of [old, young]) writeFileSync(file ?? '', 'SECRET=1\n');
  utimesSync(old ?? '', 0, 0);
  await place.ensure();
  assert.equal(readdirSync(place.directory).sort(), ['.env', '.env.ba9876543210.tmp']);
});

test.run();
