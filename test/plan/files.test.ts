import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatOf } from '../../src/plan/format.ts';
import { feature, plan } from './example.ts';

const files = suite('files of a feature');

files('most names say which language they are written in', () => {
  const known = {
    'README.md': 'markdown',
    'nginx/start.sh': 'sh',
    'jitsi/prosody/a.cfg.lua': 'lua',
    'jitsi/web/custom-config.js': 'javascript',
    'firewall/nftables.nft': 'nft',
  };
  for (const [path, format] of Object.entries(known)) assert.is(formatOf(path), format, path);
});

files('of the others their feature says it: the path before the end of the name', () => {
  const declared = { '*.conf': 'nginx', 'a/lists.conf': 'lines', stack: 'sh' } as const;
  assert.is(formatOf('a/b.conf', declared), 'nginx');
  assert.is(formatOf('a/lists.conf', declared), 'lines');
  assert.is(formatOf('stack', declared), 'sh');
  assert.is(formatOf('a/Dockerfile', declared), undefined);
});

files('a template in no known language is a defect that names feature and file', () => {
  const templates = { one: ['firewall/mikrotik.rsc'] };
  assert.throws(() => plan([feature('one', {})], {}, templates), /one .*mikrotik\.rsc/);
  const made = plan([feature('one', {}, { formats: { '*.rsc': 'lines' } })], {}, templates);
  assert.is(made.files.find(({ path }) => path.endsWith('.rsc'))?.format, 'lines');
});

files('so is a language of a file that is no template', () => {
  const formats = { 'nginx/gone.conf': 'nginx' } as const;
  assert.throws(
    () => plan([feature('one', {}, { formats })]),
    /one has no template for “nginx\/gone\.conf”/,
  );
});

files.run();
