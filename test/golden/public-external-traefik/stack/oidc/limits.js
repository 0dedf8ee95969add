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

/** An IPv4 address, or the network of an IPv6 address: its owner has all of it. */
function sourceOf(from) {
  return from.includes(':') ? from.split(':').slice(0, 4).join(':') : from;
}

setInterval(() => counts.clear(), 60_000).unref();
