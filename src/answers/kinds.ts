import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import * as z from 'zod/mini';
import type { Checked, Field, FieldKind } from './field.ts';
import { parseInterface, parseProject } from './identity.ts';
import { readList } from './list.ts';
import { parseMachines } from './machines.ts';
import { readMemory } from './memory.ts';
import { readSwitch } from './switch.ts';
import { parseTimezone } from './timezone.ts';
import { parseRegistry, parseUrl } from './web-addresses.ts';

// Each schema reads answers once: compiling it first, as zod does, takes longer than it saves.
z.config({ jitless: true });

/**
 * A host name as its owner types it, in ASCII and lower case.
 * Refuses whatever is not a bare name: RFC 1123 labels of 63 characters, 253 in all, IDN through UTS 46.
 */
export function parseHostname(text: string): Checked<'hostname'> {
  const typed = text.trim();
  if (typed === '') return { problem: 'A name is needed, such as meet.example.org.' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) {
    return { problem: `Give the bare name without “${typed.split('//')[0]}//”.` };
  }
  if (/[/?@]/.test(typed)) return { problem: 'Give the bare name, without a path or user.' };
  if (ipaddr.isValid(typed.replace(/^\[|\]$/g, ''))) {
    return {
      problem:
        'This is an IP address. Browsers allow camera and microphone only on a name with a certificate, and ACME issues for names.',
    };
  }
  if (/:\d*$/.test(typed)) return { problem: 'Give the bare name, without a port.' };
  if (typed.endsWith('.')) return { problem: 'Leave out the dot at the end.' };
  if (typed.includes('_')) {
    return { problem: 'Host names cannot contain an underscore; use a hyphen.' };
  }
  const ascii = domainToASCII(typed).toLowerCase();
  if (ascii === '' || ipaddr.isValid(ascii)) return { problem: `“${typed}” is not a host name.` };
  const labels = ascii.split('.');
  if (labels.length < 2) {
    return { problem: 'A full name with a dot is needed, such as meet.example.org.' };
  }
  if (ascii.length > 253) return { problem: 'A host name has at most 253 characters.' };
  const bad = labels.find((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  if (bad !== undefined) {
    return {
      problem:
        bad === ''
          ? 'There is an empty part between two dots.'
          : `The part “${bad}” may hold only letters, digits and inner hyphens, 63 at most.`,
    };
  }
  if (/^\d+$/.test(labels.at(-1) ?? '')) {
    return { problem: 'The last part of a host name is not a number.' };
  }
  return { value: ascii };
}

/** A literal IPv4 address in four decimal parts, or an IPv6 address, in its canonical spelling. */
export function parseAddress(text: string): Checked<'address'> {
  const typed = text.trim();
  if (ipaddr.IPv4.isValidFourPartDecimal(typed)) return { value: typed };
  if (ipaddr.IPv6.isValid(typed) && !typed.includes('%')) {
    const address = ipaddr.IPv6.parse(typed);
    if (address.isIPv4MappedAddress()) return { value: address.toIPv4Address().toString() };
    return { value: address.toRFC5952String() };
  }
  return {
    problem: `“${typed}” is not a literal IP address such as 203.0.113.7; names do not work here.`,
  };
}

function parseAddresses(list: readonly string[]): Checked<'addresses'> {
  const values: string[] = [];
  for (const text of list) {
    const checked = parseAddress(text);
    if ('problem' in checked) return checked;
    if (!values.includes(checked.value)) values.push(checked.value);
  }
  return { value: values };
}

/** A network in CIDR notation whose host bits are zero, with room for the containers. */
function parseCidr(text: string, family: 'ipv4' | 'ipv6'): Checked<'cidr'> {
  const example = family === 'ipv4' ? '172.28.0.0/24' : 'fd28:1::/64';
  const typed = text.trim();
  if (!ipaddr.isValidCIDR(typed)) {
    return { problem: `“${typed}” is not a network in CIDR notation such as ${example}.` };
  }
  const [address, prefix] = ipaddr.parseCIDR(typed);
  if (address.kind() !== family)
    return {
      problem: `An ${family === 'ipv4' ? 'IPv4' : 'IPv6'} network such as ${example} is needed.`,
    };
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(typed)
      : ipaddr.IPv6.networkAddressFromCIDR(typed);
  if (network.toString() !== address.toString()) {
    return { problem: `${typed} names a host; its network is ${network.toString()}/${prefix}.` };
  }
  const [least, most] = family === 'ipv4' ? [16, 24] : [48, 64];
  if (prefix < least || prefix > most) {
    return { problem: `The network needs a size between /${least} and /${most}.` };
  }
  if (family === 'ipv4' && network.range() !== 'private') {
    return {
      problem: `${typed} is not private; take one from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.`,
    };
  }
  return {
    value: `${family === 'ipv6' ? (network as ipaddr.IPv6).toRFC5952String() : network}/${prefix}`,
  };
}

function checked<T extends z.ZodMiniType, K extends FieldKind>(
  input: T,
  parse: (value: z.output<T>) => Checked<K>,
) {
  return z.pipe(
    input,
    z.transform((value: z.output<T>, context) => {
      const result = parse(value);
      if ('value' in result) return result.value;
      context.issues.push({ code: 'custom', message: result.problem, input: value });
      return z.NEVER;
    }),
  );
}

/** Brings what was typed into the form that the schema reads. */
const reading = (read: (value: unknown) => unknown, schema: z.ZodMiniType) =>
  z.pipe(z.transform(read), schema);

/** No control characters: none of the formats that values are written to could say them. */
const text = () =>
  z.string('Text is needed.').check(
    z.maxLength(1000, 'At most 1000 characters.'),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
    z.regex(/^[^\u0000-\u001f\u007f]*$/, 'Line breaks and control characters are not allowed.'),
  );

const integer = (
  field: { min?: number; max?: number },
  wanted = 'A whole number is needed.',
  more = `At least ${field.min ?? 0}.`,
) =>
  reading(
    (value) => (typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value),
    z
      .int(wanted)
      .check(
        z.minimum(field.min ?? 0, more),
        z.maximum(field.max ?? 2 ** 31, `At most ${field.max ?? 2 ** 31}.`),
      ),
  );

const boolean = () => reading(readSwitch, z.boolean('true or false is needed.'));

/** The zod schema of one field, its own each time: text from a flag, a prompt or a file in; the checked value out. */
export function fieldSchema(field: Field): z.ZodMiniType {
  const values = field.options?.map((option) => option.value) ?? [];
  const oneOf = () =>
    z.string('A choice is needed.').check(
      z.refine((value) => values.includes(value), {
        error: (issue) => `“${issue.input}” is not one of ${values.join(', ')}.`,
      }),
    );
  const schemas: Record<FieldKind, () => z.ZodMiniType> = {
    hostname: () => checked(z.string('A name is needed, such as meet.example.org.'), parseHostname),
    email: () =>
      z.pipe(
        z.string('Enter an email address.').check(z.trim()),
        z.email('This is not an email address such as ops@example.org.'),
      ),
    url: () => checked(z.string('An address that starts with https:// is needed.'), parseUrl),
    address: () => checked(z.string('A literal IP address is needed.'), parseAddress),
    addresses: () =>
      reading(
        readList,
        checked(
          z.array(
            z.string('A literal IP address is needed.'),
            'A list of literal IP addresses is needed.',
          ),
          parseAddresses,
        ),
      ),
    cidr: () =>
      checked(z.string('A network is needed, such as 172.28.0.0/24.'), (value) =>
        parseCidr(value, 'ipv4'),
      ),
    cidr6: () =>
      checked(z.string('A network is needed, such as fd28:1::/64.'), (value) =>
        parseCidr(value, 'ipv6'),
      ),
    registry: () =>
      checked(z.string('A registry is needed, such as ghcr.io/owner/name.'), parseRegistry),
    timezone: () =>
      checked(z.string('A time zone is needed, such as Europe/Berlin.'), parseTimezone),
    project: () => checked(z.string('A name is needed, such as meet.'), parseProject),
    interface: () => checked(z.string('A name is needed, such as jitsi0.'), parseInterface),
    boolean,
    memory: () =>
      reading(
        readMemory,
        integer(
          field as { min?: number; max?: number },
          'An amount of memory is needed, such as 4 GB.',
          'Say it with its unit, such as 4 GB.',
        ),
      ),
    integer: () => integer(field as { min?: number; max?: number }),
    text,
    choice: oneOf,
    choices: () =>
      reading(
        readList,
        z.pipe(
          z.array(oneOf(), 'A list is needed.'),
          z.transform((chosen: string[]) => [...new Set(chosen)]),
        ),
      ),
    machines: () =>
      reading(
        readList,
        checked(z.array(z.unknown(), 'A list of machines is needed.'), parseMachines),
      ),
  };
  return schemas[field.kind]();
}
