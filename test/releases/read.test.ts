import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReleaseFacts } from '../../src/releases/facts.ts';
import { readRelease } from '../../src/releases/read/release.ts';
import type { SourceTree } from '../../src/releases/read/tree.ts';
import { readVariables } from '../../src/releases/read/variables.ts';
import { pack, unpack } from '../../src/releases/timeline.ts';

const read = suite('read');

/** A small tree in the layout of docker-jitsi-meet. */
const files: Record<string, string> = {
  'docker-compose.yml': `services:
  web:
    image: \${JITSI_IMAGE_REPO:-registry.example/own}/web:\${JITSI_IMAGE_VERSION:-unstable}
    read_only: true
    ports: ['\${HTTP_PORT}:8000']
    volumes: ['\${CONFIG}/web:/config:Z', '\${CONFIG}/transcripts:/transcripts:ro,z']
    environment: [ENABLE_A, NOBODY_READS_THIS, FIXED=1]
  pad:
    image: example/pad:2
`,
  'base/Dockerfile': 'FROM debian\nUSER s6\n',
  'web/rootfs/defaults/default': 'listen 8000 default_server;\nlisten 8443 ssl http2;',
  'web/rootfs/defaults/config.js':
    '{{ $A := .Env.ENABLE_A | default "true" | toBool }}{{ .Env.NESTED | default .Env.FALLBACK }}{{ .Env.MADE }}',
  'web/rootfs/etc/s6-overlay/scripts/config': `#!/command/with-contenv bash
# $COMMENTED
export MADE=$(date)
LOCAL=1
[ -z "\${USER_NAME}" ] && export USER_NAME=someone
if [[ $STRICT -eq 1 ]]; then echo $LOCAL \${PORT:-5} '\${CONFIG}/web'; fi
if [[ -z "$MUST_A" || -z $MUST_B ]]; then
  echo 'FATAL ERROR: missing'
  exit 1
fi
export RELEASE="\${RELEASE:-$(cat /v)}"
`,
  'web/rootfs/usr/bin/install-browser.sh': '#!/bin/bash\necho $ONLY_AT_BUILD',
  'prosody/rootfs/defaults/prosody.cfg.lua': 'data_path = "/data"',
  'prosody/rootfs/etc/s6-overlay/scripts/config': 'PROSODY_CFG="/run/p.cfg.lua"',
};

function treeOf(entries: Record<string, string>): SourceTree {
  return { paths: Object.keys(entries), read: (path) => entries[path] ?? '' };
}

const id = { tag: 'stable-1', date: '2026-01-01', commit: '0123456789abcdef' };
const release = readRelease(treeOf(files), id);

read('what is hostile takes no time', () => {
  const assignments = Array.from({ length: 60_000 }, (_, index) => `V${index}=1`);
  const parts = ['if [ ', '{{ ', '\n', `\${A:-`, `'\${CONFIG}`, '[', '.Env.AA | default "', '\\'];
  const texts = [...parts.map((part) => part.repeat(900_000 / part.length)), assignments.join(' ')];
  const start = process.cpuUsage().user;
  for (const text of [...texts, assignments.join('\n')]) {
    readVariables([
      ['web/rootfs/defaults/a', `{{ ${text}`],
      ['web/rootfs/etc/b', `#!/bin/sh\n${text}`],
    ]);
  }
  assert.ok(process.cpuUsage().user - start < 20_000_000);
  const large = { ...files, 'base/Dockerfile': 'x'.repeat(2 ** 21) };
  assert.throws(() => readRelease(treeOf(large), id), /larger than 1 MiB/);
});

read('takes what a template or script asks the operator for', () => {
  assert.equal(release.services.web?.variables, {
    ENABLE_A: { kind: 'switch', default: '1' },
    FALLBACK: {},
    MUST_A: {},
    MUST_B: {},
    NESTED: {},
    PORT: { default: '5' },
    RELEASE: {},
    STRICT: { kind: 'switch' },
    USER_NAME: { default: 'someone' },
  });
  assert.equal(release.services.web?.required, ['MUST_A', 'MUST_B']);
});

read('tells what the compose file hands on for nothing', () => {
  assert.equal(release.services.web?.unread, ['NOBODY_READS_THIS']);
  assert.equal(release.services.web?.fixed, { FIXED: '1' });
});

read('takes the platform from the files, not from the tag', () => {
  assert.is(release.registry, 'registry.example/own');
  assert.is(release.uid, 1000);
  assert.equal(release.webPorts, { http: 8000, https: 8443 });
  assert.is(release.services.pad?.image, 'example/pad:2');
  assert.is(release.services.pad?.variables, undefined);
  assert.equal(release.services.web?.mounts, [
    { source: 'web', target: '/config' },
    { source: 'transcripts', target: '/transcripts', readOnly: true, shared: true },
  ]);
});

read('stops with the name of the file when upstream moved a fact', () => {
  const moved = { ...files, 'prosody/rootfs/defaults/prosody.cfg.lua': '-- nothing' };
  assert.throws(() => readRelease(treeOf(moved), id), /prosody\.cfg\.lua does not state/);
});

read('recognizes words that a template prints as they are', () => {
  const { variables } = readVariables([
    [
      'x/rootfs/defaults/a.conf',
      'mode = {{ .Env.MODE | default "false" }}\nn = {{ .Env.ENABLE_N }}',
    ],
  ]);
  assert.equal(variables, { ENABLE_N: { kind: 'word' }, MODE: { kind: 'word', default: 'false' } });
});

read('comes back from the timeline as it went in', () => {
  const service = { image: 'web', file: 'docker-compose.yml' };
  const releases: ReleaseFacts[] = [
    { ...release, tag: 'stable-1', services: { web: { ...service, variables: { A: {}, B: {} } } } },
    {
      ...release,
      tag: 'stable-2',
      uid: 0,
      services: { web: { ...service, variables: { B: { default: '1' } } } },
    },
    {
      ...release,
      tag: 'stable-3',
      services: { web: { ...service, variables: { A: {}, B: {} } }, new: service },
    },
  ];
  const tags = releases.map(({ tag }) => tag);
  const timeline = pack(releases);
  for (const facts of releases) assert.equal(unpack(timeline, tags, facts.tag), facts);
  assert.equal(timeline['services/web/variables/A'], [
    ['stable-1', {}],
    ['stable-2', null],
    ['stable-3', {}],
  ]);
});

read.run();
