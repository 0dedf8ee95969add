import { execFileSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { planOf, renderedOf } from '../../matrix/stack.ts';
import { github, raw } from './answers.ts';

const test = suite('images built anew');

/** A value of `rebuild/facts.sh`. */
async function fact(name: string, answers: RawAnswers): Promise<string> {
  const { files } = await renderedOf(answers);
  const { text = '' } = files.find(({ path }) => path === 'rebuild/facts.sh') ?? {};
  return new RegExp(`^${name}='?(.*?)'?$`, 'm').exec(text)?.[1] ?? 'not there';
}

test('what a candidate says before it fails holds nothing that a terminal obeys', async () => {
  const { files } = await renderedOf(github());
  const facts = files.find(({ path }) => path === 'rebuild/facts.sh')?.text ?? '';
  const said = 'Grüße\u001b]0;x\u0007 \u009b31m\tend\n';
  const shown = execFileSync('sh', ['-c', `${facts}\nvisible`], { input: said, encoding: 'utf8' });
  assert.is(shown, 'Grüße?]0;x? ?31m\tend\n');
  const trial = files.find(({ path }) => path === 'rebuild/trial.sh')?.text ?? '';
  assert.equal(
    trial
      .match(/^.*(?:compose logs|trial\.log|relay\.log).*>&2.*$/gm)
      ?.filter((line) => !line.includes('visible')),
    [],
  );
});

test('every image is built from the newest of its line, or from the very release of Jitsi', async () => {
  const before = await planOf(raw);
  const { services } = await planOf(github());
  const built = new Map(services.map(({ name, image, build }) => [name, { image, build }]));
  assert.is(services.length, before.services.length);
  const kept = 'ghcr.io/example/meet';
  for (const [name, base] of [
    ['nginx', 'nginx:1.30'],
    ['haproxy', 'haproxy:3.0'],
    ['coturn', 'coturn/coturn:4'],
    ['acme', 'goacme/lego:v4'],
    ['web', 'ghcr.io/jitsi/web:stable-11146-2'],
    ['jvb', 'ghcr.io/jitsi/jvb:stable-11146-2'],
  ] as const) {
    const { image, build } = built.get(name) ?? {};
    assert.is(build?.args?.BASE, base, name);
    assert.is(build?.context, './images/rebuilt', name);
    assert.is(image, `${kept}/${base.replace(/.*\//, '')}`, name);
  }
  assert.equal(built.get('go-mmproxy'), {
    image: `${kept}/go-mmproxy:trixie`,
    build: { context: './images/go-mmproxy' },
  });
});

test('a container runs as the same user as on the published image', async () => {
  const userOf = async (release: string) => {
    const { services } = await planOf({ ...github(), release });
    return services.find(({ name }) => name === 'prosody')?.build?.args?.BASE_USER;
  };
  assert.is(await userOf('stable-11146-2'), 's6');
  assert.is(await userOf('stable-11031'), 'root');
});

test('an older release still finds its own images behind the registry’s names', async () => {
  const scriptOf = async (answers: RawAnswers) => {
    const { files } = await renderedOf({ ...answers, release: 'stable-11031' });
    return files.find(({ path }) => path === 'scripts/prepare.sh')?.text;
  };
  assert.is(await scriptOf(github()), await scriptOf(raw));
});

test('the trial starts what can run anywhere: no relay, no ACME', async () => {
  assert.equal((await fact('started', github())).split(' ').sort(), [
    ...['go-mmproxy', 'haproxy', 'jicofo', 'jvb', 'nginx', 'prosody', 'web'],
  ]);
  assert.is(await fact('relay', github()), 'ghcr.io/example/meet/coturn:4');
  assert.is(await fact('authority', github()), 'ghcr.io/example/meet/lego:v4');
});

test('the trial asks whoever answers for the page, in a network beside the stack’s own', async () => {
  assert.is(await fact('page', github()), 'haproxy:443');
  const nginx = { ...github(), edge: { proxy: 'nginx' } };
  assert.is(await fact('page', nginx), 'nginx:8443');
  const external = {
    ...github(),
    edge: { proxy: 'external' },
    certificates: { source: 'own' },
  } as const;
  assert.is(await fact('page', external), 'web:8000');
  const inside = (subnet: string) => ({ ...github(), network: { ...raw.network, subnet } });
  assert.is(await fact('network', inside('172.28.7.0/24')), '172.28.7.');
  assert.is(await fact('trial_network', inside('172.28.7.0/24')), '10.254.254.');
  assert.is(await fact('network', inside('172.28.0.0/20')), '172.28.');
  assert.is(await fact('trial_network', inside('10.254.0.0/16')), '10.253.');
});

test('on the server itself there is no registry, and images have names that are nobody’s', async () => {
  const { files, plan } = await renderedOf({ ...raw, rebuild: { by: 'timer', hour: 4 } });
  const paths = files.map(({ path }) => path);
  assert.ok(paths.includes('rebuild/keep.sh'));
  for (const name of ['publish', 'join', 'registry', 'tools'])
    assert.not(paths.includes(`rebuild/${name}.sh`), name);
  for (const { name, image } of plan.services)
    assert.match(image, /^localhost\/meet-example-org\/[a-z-]+:/, name);
  const script = files.find(({ path }) => path === 'stack')?.text ?? '';
  assert.match(script, "\nbuilds=''\npublished=''\n");
  assert.match(script, /\nrebuilt='localhost\/meet-example-org\/nginx:1\.30 /);
  assert.match(script, "\nrefresh_hours=2\nunnoticed='prepare remember acme'\n");
  assert.match(script, '\nrefresh_hour=04\n');
});

test('nothing of it is in a stack whose images are taken as they are published', async () => {
  const { files } = await renderedOf({ ...raw, rebuild: { by: 'none' } });
  assert.equal(
    files.filter(({ path }) => /rebuil|\.grype|\.trivy/.test(path)),
    [],
  );
});

test.run();
