import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isIPv6 } from '../addresses.ts';
import type { Stated } from '../adopt/evidence.ts';
import { readEnvFile } from '../adopt/read/env.ts';
import { overrides } from '../adopt/read/file-names.ts';
import { type Problem, StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';
import { includeLine, includesStackConf } from './stack-conf.ts';

const own = 'jitsi/jvb/custom-jvb.conf';
const generated = 'jitsi/jvb/stack.conf';

/** What in the owner's own files keeps people with IPv6 from seeing and hearing others through the bridge. */
export async function auditBridge(directory: string, plan: Plan): Promise<readonly Problem[]> {
  return [...(await misplaced(directory)), ...leftOut(directory, plan)];
}

/** The image maps all of JVB_ADVERTISE_IPS onto its IPv4 address. */
async function misplaced(directory: string): Promise<readonly Problem[]> {
  const files = ['compose.yaml', ...overrides];
  // Reading Compose's files by value takes as long as the rest of a run: only where there is something to find.
  if (!files.some((file) => suspicious(textOf(directory, file)))) return [];
  const { readCompose } = await import('../adopt/read/compose.ts');
  try {
    const env = readEnvFile(join(directory, '.env'), '.env') ?? new Map<string, Stated>();
    const given = readCompose(directory, env).services.get('jvb')?.environment;
    const stated = [given?.get('JVB_ADVERTISE_IPS'), given?.get('DOCKER_HOST_ADDRESS')].find(
      (one) => one?.value,
    );
    const six = (stated?.value ?? '').split(',').filter(isIPv6);
    if (!stated || six.length === 0) return [];
    const { file, line: number, key } = stated.evidence;
    return [
      {
        where: number === undefined ? file : `${file}, line ${number}`,
        what: `${key} tells browsers to send to ${six.join(', ')}, an IPv6 address.`,
        why: 'The image takes it for a name of the bridge’s IPv4 address: browsers connect there, and get neither audio nor video.',
        fix: `Take the IPv6 addresses out of there, and put them under network in jitsi-stack.json, with network.ipv6 on: ${generated} leads them to the bridge’s own IPv6 address. Then run npx create-jitsi-stack@latest, and ./stack up on the server.`,
      },
    ];
  } catch (error) {
    // A file that cannot be read is said where access is looked at.
    if (!(error instanceof StackError)) throw error;
    return [];
  }
}

/** A value with two colons, one from elsewhere, or a file of variables. */
function suspicious(text: string): boolean {
  return (
    /^[^#\n]*(?:JVB_ADVERTISE_IPS|DOCKER_HOST_ADDRESS)\b(?:.*:.*:|.*\$)/m.test(text) ||
    /^[^#\n]*\b(?:env_file|extends)\b/m.test(text)
  );
}

/** The owner's configuration of the bridge, from before there was one of the stack's beside it. */
function leftOut(directory: string, { files, answers: { network } }: Plan): readonly Problem[] {
  const planned = files.some(({ path }) => path === generated);
  // An update that is not yet made brings both.
  if (!planned || !existsSync(join(directory, generated))) return [];
  const text = textOf(directory, own);
  if (includesStackConf(text)) return [];
  const addresses = [...network.publicAddresses, ...network.lanAddresses].filter(isIPv6);
  // Somebody has mapped them himself.
  if (addresses.every((address) => text.includes(`"${address}"`))) return [];
  return [
    {
      where: own,
      what: `It leaves out ${generated}, in which the bridge finds its IPv6 addresses.`,
      why: 'People with IPv6 reach the bridge over IPv4 or the relay only.',
      fix: `Make this its first line: ${includeLine}. Then run ./stack up on the server.`,
    },
  ];
}

function textOf(directory: string, path: string): string {
  return readableText(join(directory, path)) ?? '';
}
