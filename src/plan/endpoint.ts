/** A row of the port table. Compose, proxies, firewall, router forwards and README all read it. */
export interface Endpoint {
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Last port of a range that starts at `port`. */
  readonly lastPort?: number;
  readonly from: 'internet' | 'lan' | 'machines' | 'host' | 'containers';
  /** From further machines, of the stack or of its owner: their addresses, and the server's own at which they are answered. */
  readonly sources?: readonly MachineSource[];
  /** The service that answers, or `host` for the server's own. */
  readonly service: string;
  /** The port inside the container; `port` when left out. */
  readonly containerPort?: number;
  /** A router has to forward it. */
  readonly forward: boolean;
  /** The way in of whoever looks after the server: no firewall may close it, and no router need forward it. */
  readonly administration?: true;
  /** The answer that decides the port, such as `network.sshPort`, to be named where the port is taken. */
  readonly answer?: string;
  readonly purpose: string;
}

/** Whence a further machine comes, and where it is answered. */
export interface MachineSource {
  readonly machine: string;
  readonly address: string;
  readonly answeredAt: string;
  /** Through the router in front of the server. */
  readonly routed: boolean;
}
