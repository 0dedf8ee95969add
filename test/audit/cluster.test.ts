import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditAccess } from '../../src/audit/access.ts';
import type { AccessAudit } from '../../src/audit/undone.ts';
import { renderedOf } from '../matrix/stack.ts';

const audit = suite('what an owner’s values for the chart make of access');
const { plan, files } = await renderedOf({
  runs: 'kubernetes',
  domain: 'meet.example.org',
  certificates: { source: 'own' },
  auth: { mode: 'internal', moderators: 'signed-in', guests: 'wait' },
});

/** The audit of a stack that was just generated, with these values of the owner's. */
function audited(values?: string): AccessAudit {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const all = files.map(({ path, text }) => [path, text] as const);
    for (const [path, text] of [
      ...all,
      ...(values === undefined ? [] : [['kubernetes/values.own.yaml', values] as const]),
    ]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return auditAccess(folder, plan);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const found = (values: string) =>
  audited(values).undone.map(({ path, line, name }) => `${path}:${line} ${name}`);

audit('nothing, as they are seeded and where they say the same', () => {
  assert.equal(audited(), { undone: [], unread: [] });
  const same = 'enableAuth: true\njicofo:\n  extraEnvs:\n    AUTH_TYPE: internal\n';
  assert.equal(audited(same), { undone: [], unread: [] });
  assert.equal(found('web:\n  replicaCount: 3\n  extraEnvs:\n    TOOLBAR_BUTTONS: chat\n'), []);
});

audit('the chart’s switches, a variable, and configuration for prosody and jicofo', () => {
  const own = 'kubernetes/values.own.yaml';
  assert.equal(found('# mine\nenableAuth: false\nenableGuests: false\n'), [
    `${own}:2 enableAuth`,
    `${own}:3 enableGuests`,
  ]);
  assert.equal(found('jicofo:\n  extraEnvs:\n    JICOFO_ENABLE_AUTH: "false"\n'), [
    `${own}:3 JICOFO_ENABLE_AUTH of jicofo`,
  ]);
  assert.equal(found('prosody:\n  extraEnvs:\n    AUTH_TYPE:\n'), [
    `${own}:3 AUTH_TYPE of prosody`,
  ]);
  const lua =
    'prosody:\n  custom:\n    configs:\n      _mine: |\n        authentication = "anonymous"\n';
  assert.is(found(lua).length, 1);
  const { undone } = audited('enableAuth: false\n');
  assert.ok(undone[0]?.why.endsWith('.'));
});

audit('what cannot be read is said', () => {
  const { undone, unread } = audited('enableAuth: [\n');
  assert.equal(undone, []);
  assert.match(unread[0]?.where ?? '', 'values.own.yaml');
});

audit.run();
