import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRecorder } from '../../src/audit/recorder.ts';
import { sentence } from '../../src/errors.ts';
import { renderedOf } from '../matrix/stack.ts';

const audit = suite('what an owner’s own file makes of the recorder');
const { plan, files } = await renderedOf({
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  host: { memory: 16384 },
  extras: ['recording'],
});
const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';

/** The sentences where the owner's file has this text; none of it where there is none. */
function audited(text: string | undefined, written = true): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    mkdirSync(join(folder, 'jitsi/jibri'), { recursive: true });
    if (written)
      writeFileSync(join(folder, 'jitsi/jibri/stack.conf'), textOf('jitsi/jibri/stack.conf'));
    if (text !== undefined) writeFileSync(join(folder, 'jitsi/jibri/custom-jibri.conf'), text);
    return auditRecorder(folder, plan).map(sentence);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

audit('a file as generated, with more below it, or before the update has nothing to say', () => {
  const generated = textOf('jitsi/jibri/custom-jibri.conf');
  assert.equal(audited(generated), []);
  assert.equal(audited(`${generated}\njibri.recording.recordings-directory = "/storage"\n`), []);
  assert.equal(audited('', false), []);
});

audit('one without the line says what that costs', () => {
  for (const text of ['jibri {}\n', '# include "stack.conf"\n', undefined]) {
    const [said = '', more] = audited(text);
    assert.match(said, 'cannot be played any more, and streams may go to any address');
    assert.match(said, 'include "stack.conf"');
    assert.is(more, undefined);
  }
});

audit('what the owner says himself is not missed', () => {
  const format = 'jibri.ffmpeg.recording-format = matroska\n';
  const list = 'jibri.streaming.rtmp-allow-list = []\n';
  assert.match(audited(format).join(), 'stack.conf: streams may go');
  assert.not.match(audited(list).join(), 'streams');
  assert.equal(audited(format + list), []);
});

audit.run();
