// Sign-ins that the provider refused to finish, by where they came from: invented codes are not passed on without end, because
// a provider that is asked too often shuts out this server, and everybody with it.

/** In a minute from one source; a school behind one address stays below. */
const most = 30;
const counts = new Map();

export const limits = {
  /** Another one was refused. */
  count(from) {
    const source = sourceOf(from);
    counts.set(source, (counts.get(source) ?? 0) + 1);
  },
  reached: (from) => (counts.get(sourceOf(from)) ?? 0) >= most,
};

/** An IPv4 address, or the network (/64) of an IPv6 address, however many zeros are left out of it: its owner has all of it. */
export function sourceOf(from) {
  if (!from.includes(':') || from.includes('.')) return from;
  const [before = '', after = ''] = from.split('::');
  const [head, tail] = [before, after].map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

setInterval(() => counts.clear(), 60_000).unref();
