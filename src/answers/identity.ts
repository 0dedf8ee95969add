import { domainToASCII } from 'node:url';
import type { Checked } from './field.ts';

/** What a stack is told apart by on its server; fixed when it is made. */
export interface Identity {
  /** The name of its Compose project. */
  readonly name?: string;
  /** The interface of its containers’ network. */
  readonly bridge?: string;
}

const longestName = 63;

/** What a new stack's Compose project is called: its domain with dashes, cut and made unique where that is long. */
export function projectNameFor(domain: string): string {
  const ascii = domainToASCII(domain.trim()).toLowerCase() || domain;
  const name = ascii.replace(/[^a-z0-9-]/g, '-').replace(/^-+/, '') || 'jitsi';
  if (name.length <= longestName) return name;
  return `${name.slice(0, longestName - 9).replace(/-+$/, '')}-${checksum(ascii)}`;
}

/** The bridge's name for a project: its own, because two stacks on one server cannot share it. */
export function bridgeNameFor(project: string): string {
  return `jitsi-${checksum(project)}`;
}

/** The containers' IPv6 network for a project: unique local (RFC 4193), and another one than the next stack's on this server. */
export function innerNetworkFor(project: string): string {
  const id = checksum(project);
  // An address in a URL comes back in the one spelling of RFC 5952.
  const { hostname } = new URL(`http://[fd28:6a69:${id.slice(0, 4)}:${id.slice(4)}::]`);
  return `${hostname.slice(1, -1)}/64`;
}

/**
 * The identity that a stack has by its files, where its answers are too old to say it.
 *
 * @param compose the text of its compose.yaml
 */
export async function readIdentity(compose: string): Promise<Identity> {
  const { parse } = await import('yaml');
  const { name, networks } = asRecord(parseOrNothing(parse, compose));
  const options = Object.values(asRecord(networks)).map((network) =>
    asRecord(asRecord(network).driver_opts),
  );
  const bridge = options
    .map((option) => option['com.docker.network.bridge.name'])
    .find((value) => typeof value === 'string');
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof bridge === 'string' && { bridge }),
  };
}

/** The grammar of Compose's project names (compose-spec, `name`), which become parts of containers' and networks' names. */
export function parseProject(text: string): Checked<'project'> {
  const typed = text.trim();
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(typed)) {
    return {
      problem: `“${typed}” cannot be the name of a Compose project. Take lower-case letters, digits, dashes and underscores, with a letter or digit first.`,
    };
  }
  if (typed.length > 253) return { problem: 'At most 253 characters.' };
  return { value: typed };
}

/** Linux allows 15 characters (IFNAMSIZ); of those, the ones that every firewall's files can say. */
export function parseInterface(text: string): Checked<'interface'> {
  const typed = text.trim();
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,14}$/.test(typed)) {
    return {
      problem: `“${typed}” cannot be the name of an interface. Take a letter, then letters, digits, dots, dashes and underscores: 15 characters at most.`,
    };
  }
  if (/^(lo|docker0|docker_gwbridge)$/.test(typed)) {
    return { problem: `“${typed}” is the name of another interface of this server.` };
  }
  return { value: typed };
}

function parseOrNothing(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch {
    // An owner's slip in YAML is Compose's to complain about.
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** FNV-1a, in eight hexadecimal digits: names have to differ, not to be secret, and node:crypto takes 20 ms to load. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
