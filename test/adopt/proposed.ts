import { join } from 'node:path';
import { type Installation, readInstallation } from '../../src/adopt/installation.ts';
import { type Proposal, propose } from '../../src/adopt/propose.ts';
import { sections } from '../cli/stand-ins.ts';
import { Folder } from './installations.ts';

/** Reads files as an installation and proposes, and clears the folder away. */
export async function proposed(
  files: Readonly<Record<string, string>>,
  look: (proposal: Proposal, installation: Installation) => void,
  { wanted, envFiles = [] }: { wanted?: string; envFiles?: readonly string[] } = {},
): Promise<void> {
  const folder = new Folder(files);
  try {
    const given = envFiles.map((named) => ({ path: join(folder.path, named), named }));
    const installation = readInstallation(folder.path, 'old', given);
    look(await propose(installation, sections, wanted), installation);
  } finally {
    folder.remove();
  }
}

/**
 * A compose file with Jitsi's four services under names such as `jitsi-web`.
 *
 * @param web what web has besides its image and its address, as lines of YAML
 * @param others further services, as lines of YAML
 */
export function jitsiBeside(web: string, others = '', tag = 'stable-10888'): string {
  const environment = `    environment:
      PUBLIC_URL: https://meet.example.org
      ENABLE_AUTH: 1
      JICOFO_AUTH_PASSWORD: 0123456789abcdef0123456789abcdef
      JVB_AUTH_PASSWORD: fedcba9876543210fedcba9876543210
      JVB_ADVERTISE_IPS: 203.0.113.7
`;
  const service = (name: string, more: string) =>
    `  jitsi-${name}:\n    image: jitsi/${name}:${tag}\n${more}`;
  const indented = (lines: string) => lines.replace(/^(?=.)/gm, '    ');
  return `services:
${others.replace(/^(?=.)/gm, '  ')}
${service('web', `${indented(web)}\n${environment}`)}
${service('prosody', environment)}
${service('jicofo', environment)}
${service('jvb', environment)}
`;
}
