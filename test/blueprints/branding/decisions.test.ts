import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { StackError } from '../../../src/errors.ts';
import { renderedOf } from '../../matrix/stack.ts';

const test = suite('branding: what is decided');

const made = (branding: object, more: RawAnswers = {}) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'], httpsPort: 8443 },
    certificates: { source: 'self-signed' },
    branding,
    ...more,
  });

async function refusal(branding: object, more: RawAnswers = {}) {
  try {
    await made(branding, more);
  } catch (error) {
    if (error instanceof StackError) return error.problems[0];
    throw error;
  }
  return undefined;
}

const own = { look: 'own', name: 'Ours' };

test('web gets the folder, read-only, and the whole address of its JSON', async () => {
  const { plan, files } = await made({ ...own, logo: 'logo.png', color: '#FF8000' });
  const web = plan.services.find(({ name }) => name === 'web');
  const mount = web?.volumes.find(({ source }) => source === './jitsi/branding');
  assert.ok(mount?.readOnly);
  assert.is(
    web?.environment.DYNAMIC_BRANDING_URL,
    'https://meet.example.org:8443/static/branding/branding.json',
  );
  const text = files.find(({ path }) => path === 'jitsi/branding/branding.json')?.text ?? '';
  const json = JSON.parse(text);
  assert.is(json.logoImageUrl, 'https://meet.example.org:8443/static/branding/logo.png');
  assert.equal(
    [json.customTheme.palette.action01, json.customTheme.palette.action01Hover],
    ['#ff8000', '#e67300'],
  );
  assert.is(json.defaultBranding, undefined);
});

test('without a logo Jitsi’s own stays: its page shows none where it is told of branding without one', async () => {
  const { files } = await made(own);
  const text = files.find(({ path }) => path === 'jitsi/branding/branding.json')?.text ?? '';
  assert.equal(JSON.parse(text), {
    defaultBranding: true,
    logoClickUrl: 'https://meet.example.org:8443',
  });
});

test('with Jitsi’s own look nothing of it is there', async () => {
  const { plan, files } = await made({ look: 'jitsi' });
  assert.not.match(JSON.stringify(plan.services), 'branding');
  assert.not(files.some(({ path }) => path.includes('branding')));
});

test('a name, a file or a colour that the page cannot have is refused, with what could be', async () => {
  assert.match((await refusal({ ...own, name: 'x'.repeat(81) }))?.what ?? '', '80 characters');
  for (const logo of ['../logo.svg', 'my logo.svg', 'logo.gif', '/tmp/logo.svg', '.svg'])
    assert.is((await refusal({ ...own, logo }))?.answer, 'branding.logo', logo);
  for (const color of ['blue', '#fff', '#12345g', 'url(x)'])
    assert.is((await refusal({ ...own, color }))?.answer, 'branding.color', color);
});

test('a release whose NGINX cannot be led to the files has them mounted, and says what it cannot', async () => {
  const targets = async (release: string) => {
    const { plan, files } = await made({ ...own, welcome: 'own' }, { release });
    const web = plan.services.find(({ name }) => name === 'web');
    return {
      over: web?.volumes.filter(({ target }) => target.endsWith('.html')).length,
      led: files.some(({ path }) => path === 'jitsi/web/nginx-custom/branding.conf'),
      warned: plan.notes.some(({ text }) => text.includes('front page of yours')),
    };
  };
  assert.equal(await targets('stable-9955'), { over: 3, led: false, warned: true });
  for (const release of ['stable-10008', 'stable-11031', 'stable-11146-2'])
    assert.equal(await targets(release), { over: 0, led: true, warned: false }, release);
});

test('a setting that says something else is refused', async () => {
  const problem = await refusal(own, { settings: { DYNAMIC_BRANDING_URL: 'https://example.org' } });
  assert.is(problem?.answer, 'settings.DYNAMIC_BRANDING_URL');
});

test.run();
