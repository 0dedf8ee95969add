import type { ServiceDeclaration } from './blueprint.ts';
import type { Image, Rebuild, Service } from './plan.ts';

/** Where a container's image comes from: as it is published, or built anew and kept in the owner's registry. */
export function imageOf(
  { image, build }: ServiceDeclaration,
  anew: Rebuild | undefined,
): Pick<Service, 'image' | 'build' | 'line'> {
  const published = typeof image === 'string' ? image : image.name;
  if (!anew || (typeof image !== 'string' && image.bare)) {
    const line = typeof image === 'string' ? undefined : image.line;
    return { image: published, ...(build && { build }), ...(line !== undefined && { line }) };
  }
  if (build) return { image: kept(anew, published), build };
  const base = newest(image);
  const args = { BASE: base, BASE_USER: image.user };
  return { image: kept(anew, base), build: { context: anew.context, args } };
}

/** Under its own name and tag in the owner's registry. */
function kept({ registry }: Rebuild, reference: string): string {
  return `${registry}/${reference.slice(reference.lastIndexOf('/') + 1)}`;
}

/** The newest version of the line that is pinned; a digest would be one version for ever. */
function newest({ name, line }: Image): string {
  const [tagged = name] = name.split('@');
  return line === undefined ? tagged : tagged.replace(/:[^:/]*$/, `:${line}`);
}
