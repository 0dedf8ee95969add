import type { Decisions, Service } from '../../src/blueprint.ts';

/** What may follow newer versions, and what may not: everything without a line of its own belongs to Jitsi's release, or is built here. */
export function present({ services, answers: { rebuild } }: Decisions) {
  const images = [...new Map(services.map((one) => [nameOf(one), one])).entries()];
  const followed = images.flatMap(([name, { line }]) =>
    line === undefined ? [] : [{ name, line }],
  );
  const kept = images.flatMap(([name, { line }]) => (line === undefined ? [name] : []));
  return {
    followed: followed.map(({ name, line }) => ({
      name,
      about: `Within ${line}: another line comes with create-jitsi-stack, together with the configuration that it wants.`,
      /** Further versions of the line and of no other. */
      versions: `/^${line.replaceAll('.', '\\.')}\\.[0-9.]+$/`,
      /** What changes within a line of two numbers is its third alone. */
      withinMinor: line.includes('.'),
    })),
    kept: kept.map((name, index) => ({ name, further: index < kept.length - 1 })),
    /** Dependabot calls an image by its path, without the registry. */
    keptPaths: [...new Set(kept.map(pathOf))],
    /** The programs that scan and sign are built from source where images go through a registry. */
    tools: rebuild.registry !== undefined,
    /** Workflows of GitHub pin actions by their commits. */
    workflows: rebuild.by === 'github',
  };
}

function nameOf({ image }: Service): string {
  return image.replace(/:[^:/]*$/, '');
}

function pathOf(name: string): string {
  const [registry = '', ...path] = name.split('/');
  return path.length > 0 && /[.:]|^localhost$/.test(registry) ? path.join('/') : name;
}
