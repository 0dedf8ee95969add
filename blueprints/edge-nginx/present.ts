import { type Decisions, perSource, socketAddress } from '../../src/blueprint.ts';

/** Where what is passed on unopened has the PROXY header taken off again: one port for each, from here on. */
const firstInner = 5443;

/** Where visitors of port 443 arrive inside the container. */
export const door = 8443;

/** What NGINX does with a connection before anybody opens it. */
export function present({ answers, trustedProxy, passthrough }: Decisions) {
  return {
    ipv6: answers.network.ipv6,
    /** Where the sites listen. */
    port: trustedProxy.listen?.port ?? 443,
    door,
    perSource,
    passthrough: passthrough.map((through, index) => {
      const { service, address, port, header, spare } = through;
      const inner = firstInner + index;
      return {
        ...{ name: through.name, protocols: through.protocols, service, header },
        at: socketAddress(address, port),
        inner,
        /** Where a connection goes: to who reads the header, or to where it is taken off. */
        target: header ? service : `127.0.0.1:${inner}`,
        /** Who takes connections without the header. */
        plain: {
          service: spare?.service ?? service,
          at: socketAddress(spare?.address ?? address, spare?.port ?? port),
        },
      };
    }),
  };
}
