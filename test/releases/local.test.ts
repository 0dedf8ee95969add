import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../src/errors.ts';
import { toolCatalogue } from '../../src/releases/catalogue.ts';
import {
  changesBetween,
  findRelease,
  formatLocal,
  formerRelease,
  knownChanges,
  loadRelease,
  localPath,
  openCatalogue,
  outgrown,
  parseLocal,
  type ReleaseFacts,
} from '../../src/releases/index.ts';
import { openCheckout } from '../../src/releases/read/checkout.ts';
import { readRelease } from '../../src/releases/read/release.ts';
import { clone, filesOf, gitIn, nextFacts, unpack } from './checkout.ts';

let folder = '';
const own = suite('releases of a stack’s own');
own.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-'));
});
own.after.each(() => rmSync(folder, { recursive: true }));

function learn(facts: ReleaseFacts, text = formatLocal(facts)): void {
  mkdirSync(join(folder, 'releases'), { recursive: true });
  writeFileSync(join(folder, localPath(facts.tag)), text);
}

/** The sentence that something is refused with. */
async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    assert.instance(error, StackError, String(error));
    return (error as StackError).message;
  }
  throw new Error('It was not refused.');
}

own('the facts of every known release come back from their file', async () => {
  for (const tag of toolCatalogue.tags) {
    const { facts } = await toolCatalogue.read(tag);
    assert.equal(await parseLocal(formatLocal(facts), tag), facts, tag);
  }
});

own('a clone is read at the tag that is named, whatever is checked out', async () => {
  const [one, two] = await Promise.all([nextFacts('stable-20001'), nextFacts('stable-20002')]);
  clone(folder, [one, { ...two, webPorts: { http: 8100, https: 8143 } }]);
  const read = (tag?: string) => {
    const opened = openCheckout(folder, tag);
    return readRelease(opened.tree, opened);
  };
  const git = gitIn(folder);
  const commit = git('rev-parse', 'stable-20001').slice(0, 10);
  const date = git('log', '-1', '--format=%cs', 'stable-20001');
  assert.equal(read('stable-20001'), { ...one, commit, date });
  assert.is(read().tag, 'stable-20002');
  writeFileSync(join(folder, 'docker-compose.yml'), 'services: {}\n');
  assert.is(read('stable-20002').webPorts.http, 8100);
  assert.match(await refusal(() => read()), 'Files in this checkout are edited');
});

own('nothing that a clone is configured to run is run', async () => {
  clone(folder, [await nextFacts('stable-20001')]);
  const git = gitIn(folder);
  const mark = join(folder, '.git/ran');
  const program = join(folder, '.git/program');
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >>'${mark}'\ncat\n`, { mode: 0o755 });
  const head = git('rev-parse', 'HEAD');
  const signed = git('cat-file', 'commit', head).replace(
    /^committer .*$/m,
    '$&\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQEz\n -----END PGP SIGNATURE-----',
  );
  writeFileSync(join(folder, '.git/commit'), `${signed}\n`);
  const commit = git('hash-object', '-t', 'commit', '-w', '.git/commit');
  git('update-ref', 'HEAD', commit);
  git('tag', '-f', 'stable-20001', commit);
  for (const [key, value] of [
    ['filter.x.clean', program],
    ['filter.x.smudge', program],
    ['filter.x.required', 'true'],
    ['log.showSignature', 'true'],
    ['gpg.program', program],
    ['core.fsmonitor', program],
    ['core.hooksPath', join(folder, '.git')],
    ['core.sshCommand', program],
    ['core.pager', program],
    ['pager.log', program],
    ['core.alternateRefsCommand', program],
    ['diff.external', program],
    ['remote.origin.url', `ext::${program} %S`],
    ['remote.origin.promisor', 'true'],
    ['extensions.partialClone', 'origin'],
    ['protocol.ext.allow', 'always'],
  ] as const)
    git('config', key, value);
  writeFileSync(join(folder, '.git/info/attributes'), '* filter=x\n');
  const control = spawnSync('git', ['-C', folder, 'log', '-1'], { encoding: 'utf8' });
  assert.ok(existsSync(mark), `git itself runs it: ${control.stderr}`);
  rmSync(mark);
  // As if it had to be compared again.
  utimesSync(join(folder, 'docker-compose.yml'), new Date(), new Date());
  for (const tag of [undefined, 'stable-20001']) {
    const opened = openCheckout(folder, tag);
    assert.is(opened.tag, 'stable-20001');
    readRelease(opened.tree, opened);
  }
  // An object that is not there is not fetched.
  rmSync(join(folder, '.git/objects', commit.slice(0, 2)), { recursive: true });
  assert.match(await refusal(() => openCheckout(folder, 'stable-20001')), 'has no tag');
  assert.not.ok(existsSync(mark), existsSync(mark) ? readFileSync(mark, 'utf8') : '');
});

own('an unpacked release says itself which one it is', async () => {
  const facts = await nextFacts('stable-20001');
  unpack(folder, filesOf(facts));
  symlinkSync('/dev/zero', join(folder, 'link.yml'));
  const opened = openCheckout(folder);
  assert.equal(readRelease(opened.tree, opened), { ...facts, commit: '', date: '' });
  assert.match(
    await refusal(() => openCheckout(folder, 'stable-20002')),
    'is that of stable-20001, and not of stable-20002',
  );
});

own('what is no checkout, or lacks the tag, is refused', async () => {
  assert.match(await refusal(() => openCheckout(join(folder, 'nowhere'))), 'no such directory');
  assert.match(await refusal(() => openCheckout(folder)), 'docker-compose.yml is missing');
  unpack(folder, { 'docker-compose.yml': 'services: {}\n' });
  assert.match(await refusal(() => openCheckout(folder)), 'that of none, and not of a release');
  gitIn(folder)('init', '-q');
  assert.match(await refusal(() => openCheckout(folder)), 'Nothing is committed there');
  const missing = await refusal(() => openCheckout(folder, 'stable-20001'));
  assert.match(missing, /has no tag stable-20001\. Fetch the tags \(git -C .* fetch --tags\)/);
});

own('a release is known by its file, and newer ones are assumed to be like it', async () => {
  const facts = await nextFacts('stable-20001', ({ services }) => {
    const variables = services.web?.variables ?? {};
    delete variables.ENABLE_LOBBY;
    variables.ENABLE_SHINY = { kind: 'switch', default: '0' };
    for (const service of Object.values(services)) delete service.variables?.ENABLE_LOBBY;
  });
  learn(facts);
  const catalogue = openCatalogue([folder]);
  assert.is(catalogue.tags.at(-1), 'stable-20001');
  const release = await findRelease('stable-20001', catalogue);
  assert.is(release.readFrom, 'releases/stable-20001.json');
  assert.is(release.assumedFrom, undefined);
  assert.is(release.services.web?.image, 'ghcr.io/jitsi/web:stable-20001');
  assert.ok(release.services.web?.variables.has('ENABLE_SHINY'));
  assert.is(release.history.removed.get('ENABLE_LOBBY'), 'stable-20001');
  assert.is(release.history.removed.get('ENABLE_SCTP'), 'stable-11146');
  assert.not(release.history.removed.has('TZ'));
  const later = await findRelease('stable-20002', catalogue);
  assert.is(later.assumedFrom, 'stable-20001');
  assert.ok(later.services.web?.variables.has('ENABLE_SHINY'));
  assert.is((await findRelease('stable-20001')).assumedFrom, 'stable-11146-2');
});

own('its changes are found as far as files show them, and that is said', async () => {
  const facts = await nextFacts('stable-20001', (next) => {
    next.webPorts.http = 8100;
    next.services.web?.mounts?.push({ source: 'shiny', target: '/shiny' });
    next.services.jvb?.required?.push('JVB_LICENCE');
  });
  learn(facts);
  const catalogue = openCatalogue([folder]);
  const whats = (await changesBetween('stable-11146-2', 'stable-20001', catalogue)).map(
    ({ what }) => what,
  );
  assert.ok(whats.includes('web is set up differently: mounts + /shiny.'), whats.join('\n'));
  assert.ok(whats.includes('jvb is set up differently: needed variables + JVB_LICENCE.'));
  assert.ok(whats.some((what) => what.includes('8100 and 8443 instead of 8000 and 8443')));
  const known = await knownChanges('stable-11031', 'stable-20005', catalogue);
  assert.equal(known.undescribed, ['stable-20001']);
  assert.is(known.knownUntil, 'stable-20001');
  assert.ok(known.changes.some(({ since }) => since === 'stable-11146'));
});

own('what the tool knows by itself counts, and the file can go', async () => {
  const facts = await nextFacts('stable-11146-1', (next) => {
    next.webPorts.http = 8100;
  });
  learn(facts);
  const release = await loadRelease('stable-11146-1', openCatalogue([folder]));
  assert.is(release.capabilities.webPorts.http, 8000);
  assert.is(release.readFrom, undefined);
  assert.equal(outgrown(folder), ['releases/stable-11146-1.json']);
});

own('a stack of a release that nobody knows any more goes by the one before', async () => {
  const catalogue = openCatalogue([folder]);
  assert.is((await formerRelease('stable-11100', catalogue)).assumedFrom, 'stable-11031');
  assert.is((await formerRelease('stable-11031', catalogue)).assumedFrom, undefined);
});

own('nearer stacks come first, and other files in the folder are nobody’s business', async () => {
  const [here, there] = [join(folder, 'here'), join(folder, 'there')];
  for (const [stack, http] of [
    [here, 8100],
    [there, 8200],
  ] as const) {
    mkdirSync(join(stack, 'releases'), { recursive: true });
    const facts = await nextFacts('stable-20001', (next) => {
      next.webPorts.http = http;
    });
    writeFileSync(join(stack, localPath('stable-20001')), formatLocal(facts));
    writeFileSync(join(stack, 'releases/notes.json'), '{');
  }
  const http = async (...stacks: string[]) =>
    (await loadRelease('stable-20001', openCatalogue(stacks))).capabilities.webPorts.http;
  assert.equal([await http(here, there), await http(there, here)], [8100, 8200]);
});

const facts = await nextFacts('stable-20001');
const other = await nextFacts('stable-20002');
for (const [name, text, sentence] of [
  ['cut short', formatLocal(facts).slice(0, 1000), 'These are not the facts of a release'],
  ['of another release', formatLocal(other), 'It holds the facts of stable-20002'],
  ['of a newer format', formatLocal(facts).replace('"format": 1', '"format": 2'), 'by a newer'],
  [
    'with an odd port',
    formatLocal(facts).replace('"http": 8000', '"http": 800000'),
    'facts.webPorts.http is not',
  ],
  ['with more in it', formatLocal(facts).replace('"uid"', '"gid": 1, "uid"'), 'facts is not'],
  ['without jvb', formatLocal(facts).replace('"jvb": {', '"bridge": {'), 'no image for jvb'],
] as const) {
  own(`a file ${name} is refused by its name, with the way out`, async () => {
    learn(facts, text);
    const message = await refusal(() => findRelease('stable-20001', openCatalogue([folder])));
    assert.match(message, /^releases\/stable-20001\.json: /);
    assert.match(message, sentence);
    assert.match(message, 'releases add --from CHECKOUT stable-20001');
  });
}

own.run();
