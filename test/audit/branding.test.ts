import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditBranding } from '../../src/audit/branding.ts';
import { planOf } from '../matrix/stack.ts';

const test = suite('audit: the logo');

const planFor = (branding: object) =>
  planOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'self-signed' },
    branding,
  });

/** What is said of a logo with this content; it is missing where there is none. */
async function said(logo: string, content?: string | Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'logo-'));
  try {
    mkdirSync(join(folder, 'jitsi/branding'), { recursive: true });
    if (content !== undefined) writeFileSync(join(folder, 'jitsi/branding', logo), content);
    const problems = auditBranding(folder, await planFor({ look: 'own', name: 'x', logo }));
    return problems.map(({ what }) => what).join(' ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;
const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test('a picture is right', async () => {
  assert.is(await said('logo.svg', `<?xml version="1.0"?>\n${svg('<path d="M0 0"/>')}`), '');
  assert.is(await said('logo.svg', svg('<style>.a{fill:#fff}</style><g id="one"/>')), '');
  assert.is(await said('logo.PNG', Buffer.concat([head, Buffer.alloc(100)])), '');
});

test('one that is missing, too large, another format, or acts is named', async () => {
  assert.match(await said('logo.svg'), 'not there yet');
  assert.match(
    await said('logo.png', Buffer.concat([head, Buffer.alloc(2 ** 20)])),
    'larger than 1 MB',
  );
  assert.match(await said('logo.png', svg('')), 'called a PNG');
  assert.match(await said('logo.svg', head), 'called an SVG');
  for (const inner of [
    '<script>alert(1)</script>',
    '<rect onload="alert(1)"/>',
    '<a href="javascript:alert(1)"/>',
    '<foreignObject><b/></foreignObject>',
  ])
    assert.match(await said('logo.svg', svg(inner)), 'script in it', inner);
});

test('without a logo, or with Jitsi’s own look, nothing is looked at', async () => {
  assert.equal(auditBranding('/nowhere', await planFor({ look: 'own', name: 'x' })), []);
  assert.equal(auditBranding('/nowhere', await planFor({ look: 'jitsi' })), []);
});

test.run();
