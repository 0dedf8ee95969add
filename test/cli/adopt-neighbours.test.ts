import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { Folder } from '../adopt/installations.ts';
import { jitsiBeside } from '../adopt/proposed.ts';
import { type Desk, desk, person, type Session } from './stand-ins.ts';

const test = suite<{ home: Folder }>('adopt: neighbours in the same file');
test.before.each((context) => {
  context.home = new Folder();
});
test.after.each(({ home }) => home.remove());

const npm = `npm: { image: "jc21/nginx-proxy-manager:2", ports: ["80:80", "443:443"] }
cloud: { image: "nextcloud:30-apache" }
`;

function install(home: Folder, web = '', others = npm): void {
  home.write('lab/compose.yaml', jitsiBeside(web, others));
}

function here(home: Folder, session?: Session): Desk {
  return { ...desk(home.path, session ? { session } : {}), stages: loadStages };
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

test('only Jitsi’s services are stopped, and how to keep them stopped is said', async ({
  home,
}) => {
  install(home);
  const place = here(home);
  assert.is(await run(['adopt', 'lab', 'meet', '--yes'], place), 0, place.said());
  const printed = flat(place.printed());
  assert.not.match(printed, 'docker compose down');
  assert.match(
    printed,
    /docker compose rm --stop --force jitsi-web jitsi-prosody jitsi-jicofo jitsi-jvb\)/,
  );
  assert.match(printed, 'npm and cloud stay as they are.');
  assert.match(printed, 'delete jitsi-web, jitsi-prosody, jitsi-jicofo and jitsi-jvb there');
  assert.match(printed, '&& docker compose up -d npm cloud)');
  assert.match(
    flat(place.said()),
    'Beside it: npm, cloud. They are not part of Jitsi, so they are left alone.',
  );
});

test('a proxy that the stack takes the place of is stopped too; otherwise it stays', async ({
  home,
}) => {
  install(home, '', 'edge: { image: nginx, ports: ["443:443"] }\ncloud: { image: nextcloud }\n');
  const stopped = async (edge: string) => {
    const place = here(home);
    const words = ['adopt', 'lab', 'meet', '--dry-run', '--json', '--edge', edge];
    const own = edge === 'external' ? ['--certificates', 'own'] : ['--certificates', 'self-signed'];
    assert.is(await run([...words, ...own], place), 0, place.said());
    const { steps } = JSON.parse(place.printed()) as { steps: { command?: string }[] };
    return steps.find(({ command }) => command?.includes(' rm '))?.command ?? '';
  };
  assert.match(await stopped('nginx'), / edge/);
  assert.not.match(await stopped('external'), / edge/);
});

test('services of Docker Swarm are stopped as Swarm knows them', async ({ home }) => {
  install(home, 'deploy: { labels: [traefik.enable=true] }', '');
  const place = here(home);
  assert.is(await run(['adopt', 'lab', 'meet', '--yes'], place), 0, place.said());
  assert.match(
    flat(place.printed()),
    /STACK is the name that docker stack ls shows. .*docker stack rm STACK/,
  );
});

test('what a panel has started is stopped there', async ({ home }) => {
  install(home, 'networks: [coolify]', '');
  const place = here(home);
  assert.is(await run(['adopt', 'lab', 'meet', '--yes'], place), 0, place.said());
  assert.match(flat(place.printed()), /Stop it in your panel: .*docker compose down/);
});

test('a stack does not move in with others: it gets a directory of its own', async ({ home }) => {
  install(home);
  const place = here(home);
  assert.is(await run(['adopt', 'lab', 'lab', '--yes'], place), 2);
  assert.match(
    flat(place.said()),
    /compose\.yaml has other services too \(npm, cloud\).* Name a directory beside it: npx create-jitsi-stack@latest adopt lab meet/,
  );
  assert.is(await run(['adopt', 'lab', '--yes'], here(home)), 0);
  assert.ok(existsSync(join(home.path, 'meet/compose.yaml')));
  assert.not.ok(existsSync(join(home.path, 'lab/stack')));
});

test('on a terminal that directory is proposed', async ({ home }) => {
  install(home);
  const session = person({ 'Where should the files': ['elsewhere'] });
  const place = here(home, session);
  assert.is(await run(['adopt', 'lab'], place), 0, place.said());
  assert.ok(existsSync(join(home.path, 'elsewhere/compose.yaml')));
});

test.run();
