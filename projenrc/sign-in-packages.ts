import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, TextFile } from 'projen';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What the sign-in service imports by name. */
const imported = ['jose', 'openid-client'];
const folder = 'blueprints/auth-oidc/files/images/oidc';

/**
 * Writes `package.json` and its lockfile for the image of the sign-in service: the versions and checksums with which this
 * project's own tests run it. A newer version here is one there; `npx projen` has to run once more after it was installed.
 */
export class SignInPackages {
  constructor(project: Project) {
    const { packages } = JSON.parse(
      readFileSync(join(project.outdir, 'package-lock.json'), 'utf8'),
    ) as { packages: Readonly<Record<string, Locked>> };
    const found = new Map<string, Locked>();
    for (const name of imported) collect(packages, `node_modules/${name}`, found);
    const dependencies = Object.fromEntries(
      imported.map((name) => [name, found.get(`node_modules/${name}`)?.version]),
    );
    const root = { name: 'oidc', private: true, type: 'module', license: 'MIT', dependencies };
    write(project, 'package.json', root);
    write(project, 'package-lock.json', {
      name: 'oidc',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'oidc', license: 'MIT', dependencies },
        ...Object.fromEntries([...found].sort(([a], [b]) => a.localeCompare(b))),
      },
    });
  }
}

/** A package and all that it needs, from where Node would find them. */
function collect(
  packages: Readonly<Record<string, Locked>>,
  path: string,
  found: Map<string, Locked>,
): void {
  const entry = packages[path];
  if (!entry) throw new Error(`package-lock.json has no ${path}.`);
  if (found.has(path)) return;
  const { version, integrity, license, dependencies } = entry;
  found.set(path, {
    version,
    ...(integrity && { integrity }),
    ...(license && { license }),
    ...(dependencies && { dependencies }),
  });
  for (const name of Object.keys(dependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    collect(packages, packages[nested] ? nested : `node_modules/${name}`, found);
  }
}

function write(project: Project, name: string, content: object): void {
  new TextFile(project, `${folder}/${name}.ejs`, {
    lines: [...JSON.stringify(content, null, 2).split('\n'), ''],
  });
}
