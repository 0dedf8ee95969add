import type { Sources } from './sources.ts';

const folder = '/etc/ssh/sshd_config.d';

/** The port on which this host answers SSH: that of the session at hand, else sshd's configuration, else 22. */
export async function sshPort({
  environment,
  read,
  list,
}: Pick<Sources, 'environment' | 'read' | 'list'>): Promise<number> {
  const session = port(environment.SSH_CONNECTION?.split(' ')[3]);
  if (session) return session;
  const parts = (await list(folder)).filter((name) => name.endsWith('.conf')).sort();
  const paths = [...parts.map((name) => `${folder}/${name}`), '/etc/ssh/sshd_config'];
  for (const text of await Promise.all(paths.map(read))) {
    const configured = port(/^\s*Port\s+=?\s*(\d+)/im.exec(text ?? '')?.[1]);
    if (configured) return configured;
  }
  return 22;
}

function port(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value < 65536 ? value : undefined;
}
