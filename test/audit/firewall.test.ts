import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditFirewall } from '../../src/audit/firewall.ts';
import { checkFirewall } from '../../src/doctor/checks/firewall.ts';
import type { Examination } from '../../src/doctor/examination.ts';

const firewall = suite('the firewall of the server, as the doctor sees it');
let root: string;
firewall.before.each(() => {
  root = mkdtempSync(join(tmpdir(), 'in-force-'));
});
firewall.after.each(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const firewalls = [{ name: 'nftables', rules: ['firewall/nftables.nft'] }];
const look = () => auditFirewall(join(root, 'stack'), { firewalls }, join(root, 'etc'));

function installed(rules = 'drop\n') {
  write('stack/firewall/nftables.sh', '#!/bin/sh\n');
  write('stack/firewall/nftables.nft', 'drop\n');
  write('etc/kept/nftables/nftables.sh', '#!/bin/sh\n');
  write('etc/kept/nftables/nftables.nft', rules);
  write('etc/folder', `${join(root, 'stack')}\n`);
}

firewall('rules that nobody has put in force are wrong, and so are those of before', () => {
  write('stack/firewall/nftables.sh', '#!/bin/sh\n');
  const [never] = look();
  assert.match(never?.what ?? '', 'were not put in force');
  assert.match(never?.fix ?? '', 'sudo ./stack firewall apply');
  installed('accept\n');
  assert.match(look()[0]?.what ?? '', 'are not those of these files');
});

firewall('those of these files are right, and so is the firewall of another stack here', () => {
  installed();
  assert.equal(look(), []);
  installed('accept\n');
  write('etc/folder', '/srv/other\n');
  assert.equal(look(), []);
});

firewall('it is said on the server and nowhere else: another machine has no such copies', () => {
  write('stack/firewall/nftables.sh', '#!/bin/sh\n');
  const problems = look();
  assert.is(problems.length, 1);
  const at = (vantage: Examination['vantage']) =>
    checkFirewall({ vantage, firewall: problems } as unknown as Examination);
  assert.equal(
    at('server').map(({ outcome, subject }) => [outcome, subject]),
    [['wrong', 'the firewall nftables']],
  );
  assert.equal(at('outside'), []);
  assert.equal(at('lan'), []);
});

firewall.run();
