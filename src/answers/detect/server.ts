import { isIPv6 } from '../../addresses.ts';
import type { LocalAddresses } from './addresses.ts';
import type { Sources } from './sources.ts';

/**
 * Whether this computer looks like one that serves others, and not like one that somebody sits at. A public IPv6 address
 * says nothing: every laptop in a modern network has one.
 */
export async function looksLikeServer(
  { platform, environment, list }: Pick<Sources, 'platform' | 'environment' | 'list'>,
  local: LocalAddresses,
): Promise<boolean> {
  if (platform !== 'linux' || environment.WSL_DISTRO_NAME) return false;
  if (local.public.some((address) => !isIPv6(address))) return true;
  // Whoever came over SSH does not sit at it.
  if (environment.SSH_CONNECTION) return true;
  if (environment.DISPLAY || environment.WAYLAND_DISPLAY) return false;
  const supplies = await list('/sys/class/power_supply');
  return !supplies.some((name) => name.startsWith('BAT'));
}
