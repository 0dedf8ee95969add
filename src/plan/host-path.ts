import type { Decisions, Mount } from './plan.ts';

/** The mount in which a path of a container lies; undefined when it does not outlive the container. */
export function mountOf(
  { services }: Pick<Decisions, 'services'>,
  service: string,
  path: string,
): Mount | undefined {
  return services
    .find(({ name }) => name === service)
    ?.volumes.filter(({ target }) => `${path}/`.startsWith(`${target}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
}

/** Where a path in a container lies in the stack; undefined when it does not outlive the container. */
export function hostPath(
  plan: Pick<Decisions, 'services'>,
  service: string,
  path: string,
): string | undefined {
  const mount = mountOf(plan, service, path);
  return mount && sourceOf(mount) + path.slice(mount.target.length);
}

/** What a mount brings in, as a path in the stack; empty for the stack itself. */
export function sourceOf({ source }: Pick<Mount, 'source'>): string {
  return source.replace(/^\.\/?/, '');
}
