import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { present } from '../../../blueprints/operations/present/view.ts';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { planOf } from '../../matrix/stack.ts';
import { smallPlan } from './plan.ts';

const test = suite('what the scripts are told of the stack');

const planWith = (more: RawAnswers) =>
  planOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
    certificates: { source: 'own' },
    turn: { mode: 'none' },
    auth: { mode: 'open', strangers: true, moderators: 'first' },
    ...more,
  });

test('a secret is rotated only when both of its ends are in the stack', () => {
  const { rotated, secretUsers } = present(smallPlan());
  assert.equal(rotated.split(' '), [
    'JICOFO_AUTH_PASSWORD:focus@auth.meet.jitsi',
    'JVB_AUTH_PASSWORD:jvb@auth.meet.jitsi',
    'TURN_CREDENTIALS:',
  ]);
  assert.equal(secretUsers.split(' '), ['prosody', 'jicofo', 'jvb', 'coturn']);
});

test('accounts follow the domains and users that the owner has chosen', async () => {
  const settings = { XMPP_DOMAIN: 'xmpp.example.org', XMPP_AUTH_DOMAIN: 'auth.example.org' };
  const view = present(await planWith({ settings: { ...settings, JVB_AUTH_USER: 'bridge' } }));
  assert.match(view.rotated, 'JICOFO_AUTH_PASSWORD:focus@auth.example.org');
  assert.match(view.rotated, 'JVB_AUTH_PASSWORD:bridge@auth.example.org');
  assert.is(view.accountsDomain, 'xmpp.example.org');
  assert.ok(view.accountsAsked);
  const old = present(await planWith({ release: 'stable-9823', settings }));
  assert.not(old.accountsAsked);
  assert.match(old.accountsFiles, /\/xmpp%2eexample%2eorg\/accounts$/);
});

test('accounts lie in one place on the server, also where the image renders around them', async () => {
  const old = present(await planWith({ release: 'stable-11031' }));
  assert.equal([old.accountsData, old.gathered], ['data/prosody/data', 'data/prosody/data']);
  const now = present(await planWith({}));
  assert.equal([now.accountsData, now.gathered], ['data/prosody', 'data/prosody/data']);
});

test('reloads follow from what the services say, the second relay among them', async () => {
  const view = present(
    await planWith({
      edge: { proxy: 'haproxy' },
      turn: { mode: 'coturn', domain: 'turn.example.org', clientAddress: 'go-mmproxy' },
    }),
  );
  assert.equal(view.reloadable.split(' '), ['haproxy', 'nginx']);
  assert.equal(view.certified.split(' '), ['nginx', 'coturn', 'coturn-443']);
  assert.equal(
    view.reloads.map(({ name, signal }) => `${name} ${signal}`),
    ['haproxy USR2', 'nginx HUP', 'coturn USR2', 'coturn-443 USR2'],
  );
});

test('what an image’s own root gives away stays with it', async () => {
  const old = present(await planWith({ release: 'stable-11031' }));
  assert.ok(old.kept.includes('data/rendered/prosody'), old.kept.join(' '));
  assert.equal(present(await planWith({})).kept, []);
});

test('images that are made here are told from those that a registry has anew', async () => {
  const edge = { proxy: 'haproxy', clientAddress: 'go-mmproxy' };
  const own = present(await planWith({ edge }));
  assert.is(own.builds, 'go-mmproxy=images/go-mmproxy=localhost/go-mmproxy:trixie');
  assert.is(own.published, '');
  assert.is(own.sharing, 'go-mmproxy:nginx');
  const rebuild = { by: 'github', registry: 'ghcr.io/owner/meet' };
  const anew = present(await planWith({ edge, rebuild }));
  assert.is(anew.builds, '');
  assert.match(anew.published, 'ghcr.io/owner/meet/go-mmproxy:trixie');
});

test.run();
