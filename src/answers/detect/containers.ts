import type { Sources } from './sources.ts';

/** A container that runs on this host. */
export interface RunningContainer {
  readonly name: string;
  readonly image: string;
  readonly published: readonly PublishedPorts[];
}

/** Ports of this host that lead into a container. */
export interface PublishedPorts {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** The last one of a range. */
  readonly lastPort: number;
  /** The address of the host, as Docker prints it. */
  readonly address: string;
}

/** Empty where there is no Docker, or nobody may ask it. */
export async function runningContainers({
  run,
}: Pick<Sources, 'run'>): Promise<readonly RunningContainer[]> {
  const said = (await run('docker', 'ps', '--format', '{{.Names}}\t{{.Image}}\t{{.Ports}}')) ?? '';
  return said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', image = '', ports = ''] = line.split('\t');
      return { name, image, published: publishedPorts(ports) };
    });
}

/** `0.0.0.0:443->443/tcp, [::]:10000-10001->10000-10001/udp` */
function publishedPorts(text: string): readonly PublishedPorts[] {
  const parts = text.matchAll(/(\S+):(\d+)(?:-(\d+))?->[\d-]+\/(tcp|udp)/g);
  return [...parts].map(([, at = '', first, last = first, protocol]) => ({
    protocol: protocol as 'tcp' | 'udp',
    port: Number(first),
    lastPort: Number(last),
    address: at.replace(/^\[|\]$/g, ''),
  }));
}
