import type { ServiceDeclaration } from './blueprint.ts';
import type { Rebuild, Service } from './plan.ts';

/** Where a container's image comes from: as it is published, or built anew and kept in the owner's registry. */
export function imageOf(
  { image, build }: ServiceDeclaration,
  anew: Rebuild | undefined,
): Pick<Service, 'image' | 'build'> {
  const published = typeof image === 'string' ? image : image.name;
  if (!anew) return { image: published, ...(build && { build }) };
  const name = `${anew.registry}/${published.slice(published.lastIndexOf('/') + 1)}`;
  if (build) return { image: name, build };
  const args = { BASE: image.name, BASE_USER: image.user };
  return { image: name, build: { context: anew.context, args } };
}
