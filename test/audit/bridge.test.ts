import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditBridge } from '../../src/audit/bridge.ts';
import { sentence } from '../../src/errors.ts';
import { renderedOf } from '../matrix/stack.ts';

const audit = suite('what an owner’s own files make of the bridge’s addresses');
const stack = (publicAddresses: readonly string[]) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses, ipv6: true },
    certificates: { source: 'own' },
  });
const both = await stack(['203.0.113.7', '2001:db8::7']);
const own = 'jitsi/jvb/custom-jvb.conf';

/** The sentences about a stack that was just generated, with these files written over it. */
async function audited(
  files: Readonly<Record<string, string>>,
  generated = both,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const all = Object.fromEntries(generated.files.map(({ path, text }) => [path, text]));
    for (const [path, text] of Object.entries({ ...all, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return (await auditBridge(folder, generated.plan)).map(sentence);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const overridden = (value: string) => ({
  'compose.override.yaml': `services:\n  jvb:\n    environment:\n      JVB_ADVERTISE_IPS: ${value}\n`,
});

audit('a stack as generated has nothing to say, with IPv6 and without', async () => {
  assert.equal(await audited({}), []);
  assert.equal(await audited({}, await stack(['203.0.113.7'])), []);
});

for (const [what, files, place] of [
  ['in the override', overridden('203.0.113.7,2001:db8::7'), 'compose.override.yaml, line 4'],
  ['with a port', overridden('"2001:db8::7#12000"'), 'compose.override.yaml, line 4'],
  [
    'by way of .env',
    { ...overridden('$ADDRESSES'), '.env': 'ADDRESSES=203.0.113.7,2001:db8::7\n' },
    '.env, line 1',
  ],
  [
    'in a file of variables',
    {
      'compose.override.yaml': 'services: { jvb: { env_file: [jvb.env] } }\n',
      'jvb.env': 'JVB_ADVERTISE_IPS=2001:db8::7\n',
    },
    'jvb.env, line 1',
  ],
] as const) {
  audit(`an IPv6 address in JVB_ADVERTISE_IPS is named: ${what}`, async () => {
    // Where the stack sets the variable itself, a file of variables does not count.
    const generated = what === 'in a file of variables' ? await withoutVariable() : both;
    const [said = 'nothing', ...more] = await audited(files, generated);
    assert.equal(more, []);
    assert.ok(said.startsWith(`${place}: `), said);
    assert.match(said, /2001:db8::7.*neither audio nor video.*network\.ipv6/);
  });
}

audit('an IPv4 address there is the owner’s affair', async () => {
  assert.equal(await audited(overridden('203.0.113.9#12000')), []);
});

audit('an owner’s configuration from before takes in the stack’s by one line', async () => {
  const [said = '', ...more] = await audited({ [own]: '# include "stack.conf"\nvideobridge {}\n' });
  assert.equal(more, []);
  assert.match(said, /custom-jvb\.conf: It leaves out .*first line: include "stack\.conf"\./);
  assert.equal(await audited({ [own]: 'videobridge {}\n include "stack.conf"\n' }), []);
  const mapped = `ice4j.harvest.mapping.static-mappings = [
    { local-address = "fd28:6a69:7473::e", public-address = "2001:db8::7" } ]\n`;
  assert.equal(await audited({ [own]: mapped }), [], 'somebody who has done it himself');
});

audit('before the update there is nothing to take in', async () => {
  const before = { ...both, files: both.files.filter(({ path }) => !path.endsWith('/stack.conf')) };
  assert.equal(await audited({ [own]: 'videobridge {}\n' }, before), []);
});

/** A stack whose compose file was changed by its owner: the variable is gone from it. */
async function withoutVariable() {
  const files = both.files.map((file) =>
    file.path === 'compose.yaml'
      ? { ...file, text: file.text.replace(/^ *JVB_ADVERTISE_IPS: .*\n/m, '') }
      : file,
  );
  return { ...both, files };
}

audit.run();
