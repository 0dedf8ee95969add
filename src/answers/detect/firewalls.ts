import type { Sources } from './sources.ts';

/**
 * The firewalls that are at work on this host. Read from files and service states only: their rules need root.
 * ufw and firewalld write nftables rules of their own, so nftables is named only where it stands alone.
 */
export async function activeFirewalls({
  read,
  run,
}: Pick<Sources, 'read' | 'run'>): Promise<readonly string[]> {
  const [ufw, states] = await Promise.all([
    read('/etc/ufw/ufw.conf'),
    run('systemctl', 'is-active', 'firewalld', 'nftables'),
  ]);
  const [firewalld, nftables] = (states ?? '').split('\n').map((state) => state === 'active');
  const managers = [
    ...(/^\s*ENABLED\s*=\s*"?yes"?\s*$/im.test(ufw ?? '') ? ['ufw'] : []),
    ...(firewalld ? ['firewalld'] : []),
  ];
  return managers.length > 0 ? managers : nftables ? ['nftables'] : [];
}
