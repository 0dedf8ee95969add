import {
  type Contribution,
  centralBridge,
  type Decisions,
  fixedAddress,
  isIPv6,
  type Machine,
  numbersDoor,
  numbersPort,
} from '../../src/blueprint.ts';
import { image } from './nginx/image.ts';
import { nodeExporter } from './node-exporter.ts';

/** A further machine tells its numbers to the central one, and to nobody else. */
export function onMachine(machine: Machine): Contribution {
  return {
    services: [
      nodeExporter,
      numbersDoor({
        name: 'numbers',
        image,
        about: 'Passes the numbers of this machine on to the central one, and nothing else.',
      }),
    ],
    endpoints: [
      {
        name: 'numbers',
        protocol: 'tcp',
        port: numbersPort,
        from: 'machines',
        sources: [
          {
            machine: centralBridge,
            // By this address the two know each other, whichever begins.
            address: machine.reaches,
            // Behind a 1:1 NAT of a cloud, the machine does not have the address by which it is known.
            answeredAt: isIPv6(machine.reaches) ? '::' : '0.0.0.0',
            routed: false,
          },
        ],
        service: 'numbers',
        purpose: 'Numbers, for the central machine',
      },
    ],
    links: [{ from: centralBridge, to: 'numbers', label: `${numbersPort}/tcp` }],
  };
}

/** What its NGINX passes on, and to whom. */
export function presentMachine({ network, services, machine }: Decisions) {
  const bridge = services.some(({ name }) => name === 'jvb');
  const asks = '/metrics';
  return {
    inside: numbersPort,
    readers: machine ? [machine.reaches] : [],
    six: machine !== undefined && isIPv6(machine.reaches),
    targets: [
      ...(bridge
        ? [
            {
              path: `${asks}/jvb`,
              address: `${fixedAddress(network, 'jvb', 'numbers').ipv4}:8080`,
              asks,
            },
          ]
        : []),
      { path: `${asks}/node`, address: 'node-exporter:9100', asks },
    ],
  };
}
