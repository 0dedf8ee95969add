import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Check, ensure, same } from '../check.ts';
import { ensureCommands } from '../packages.ts';
import type { Profile } from '../probes/browser.ts';
import type { RelayLogin } from '../probes/conversation.ts';
import { run } from '../process.ts';
import type { Lab } from '../session.ts';
import type { Person } from '../world/person.ts';
import { offered } from './turn.ts';

/** A fresh Chromium that trusts what everybody here trusts. */
export async function profile({ scratch, authorities }: Lab): Promise<Profile> {
  await ensureCommands({ chromium: 'chromium', certutil: 'libnss3-tools' });
  const home = path.join(scratch, `chromium${Date.now()}`);
  const store = path.join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  await run('certutil', ['-N', '--empty-password', '-d', `sql:${store}`]);
  const parts = await run('cat', [authorities]);
  const roots = parts.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  for (const [index, root] of roots.entries()) {
    const add = ['-A', '-d', `sql:${store}`, '-n', `lab${index}`, '-t', 'C,,', '-a'];
    await run('certutil', add, { input: `${root}\n` });
  }
  cpSync(store, path.join(home, '.local/share/pki/nssdb'), { recursive: true });
  const executable = (await run('sh', ['-c', 'command -v chromium'])).trim();
  return { executable, home };
}

/** A browser, with nothing switched off that a person has on. */
export const browserPage: Check = {
  name: 'browser: Chromium opens the page',
  services: ['edge', 'web'],
  async run(lab) {
    const { url } = lab.stack.plan();
    const seen = await lab.internet.does('browser').visit(`${url}/Room`, await profile(lab));
    same(seen.status, 200, 'the status');
    same(seen.title, 'Jitsi Meet', 'the title');
    const faults = seen.faults.filter((text) => !text.includes('favicon'));
    same(faults, [], 'what the console complains about');
    return `“${seen.title}”, the certificate taken without asking`;
  },
};

/** How a browser is told of the relay over TLS, with credentials from prosody. */
export async function relayLogin(lab: Lab, who: Person): Promise<RelayLogin> {
  const row = (await offered(lab, who)).find(({ type }) => type === 'turns');
  ensure(row, 'prosody offers no turns');
  const url = `turns:${row.host}:${row.port}?transport=tcp`;
  return { url, username: row.username, password: row.password };
}
