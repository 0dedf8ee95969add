import type { Release } from '../releases/index.ts';
import { images } from './images.ts';
import type { Rebuild, Service } from './plan.ts';

/** Whom an image runs as when nothing else is said; a build that installs updates as root has to say it again. */
const users: Readonly<Record<string, string>> = {
  [images.nginx]: 'root',
  [images.haproxy]: 'haproxy',
  [images.coturn]: 'nobody:nogroup',
  [images.lego]: 'root',
};

/** The service on its image as it is built anew: the same name and tag, in the owner's registry. */
export function rebuilt(
  service: Service,
  { registry, context }: Rebuild,
  release: Release,
): Service {
  const { image, build } = service;
  const name = image.slice(image.lastIndexOf('/') + 1);
  const own = users[image] ?? (release.capabilities.rootless ? 's6' : 'root');
  return {
    ...service,
    image: `${registry}/${name}`,
    build: build ?? { context, args: { BASE: image, BASE_USER: own } },
  };
}
