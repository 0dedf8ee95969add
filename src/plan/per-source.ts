/**
 * What one source, an IPv4 address or an IPv6 /64, may have at the same time. A school joins from one address: each of 500
 * people has a connection for the page, one for signalling, and up to two to the relay while a call begins.
 */
export const perSource = {
  /** TCP connections to the edge, or to the relay's own ports. */
  connections: 2000,
  /** New ones in ten seconds: all of a school at the bell. */
  arrivals: 2000,
  /** Sessions of the relay through the shared 443. */
  relayed: 600,
  /** Flows to the relay's own ports, where a firewall counts: asking for one's own address is one for some minutes too. */
  flows: 1200,
  /** Requests in the works: a page asks for some dozens at a time. */
  requests: 4000,
} as const;

/** Files and connections that a daemon which strangers reach may have open; what its configuration adds up to is less. */
export const openFiles = 17_000;
