import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../matrix/stack.ts';

const temporary = suite('where the scripts of a stack put what is there for a while');

/** All that are scripts, as far as they go together. */
const firewalls = [
  ['nftables', 'ufw', 'aws', 'hetzner', 'openwrt', 'azure'],
  ['firewalld', 'google', 'oracle', 'digitalocean'],
  ['iptables'],
];
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  certificates: { source: 'own' },
  turn: { mode: 'coturn', domain: 'turn.example.org' },
  auth: { mode: 'internal' },
  rebuild: { by: 'timer' },
  backup: { to: 'rsync', place: 'backup@backup.example.org:copies' },
};

/** Names in a script that come from mktemp. */
const made = (text: string) =>
  [...text.matchAll(/\b(\w+)=\$\(mktemp\b[^)]*\)/g)].map(([, name]) => name);

/** Uses of such a name with something behind it that makes it another file in /tmp: a name that anybody can guess. */
const beside = (text: string) =>
  made(text).flatMap((name) => text.match(new RegExp(`\\$\\{?${name}\\}?[.\\w-]+`, 'g')) ?? []);

temporary('never under a name in /tmp that somebody else could have taken', async () => {
  const guessed = 'stage=$(mktemp -d)\ndiff a b >"$stage.changes"\n';
  assert.equal(beside(guessed), ['$stage.changes']);
  const stacks = await Promise.all(
    firewalls.map((firewall) => renderedOf({ ...answers, firewall })),
  );
  const files = stacks.flatMap((stack) => stack.files);
  const scripts = files.filter(({ text }) => /^#!\/bin\/sh|^# shellcheck shell=sh/m.test(text));
  assert.ok(scripts.length > 15 && scripts.some(({ text }) => made(text).length > 0));
  for (const { path, text } of scripts) {
    assert.equal(beside(text), [], path);
    const written = text.match(/>{1,2} *"?\/(?:var\/)?tmp\/\S+/g) ?? [];
    // In a container of its own, where nobody else is.
    assert.ok(
      written.every((one) => path === 'rebuild/trial.sh' && /turnserver|client/.test(one)),
      path,
    );
  }
});

temporary.run();
