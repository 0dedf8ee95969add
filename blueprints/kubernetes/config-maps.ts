import type { Decisions } from '../../src/blueprint.ts';

/** Files of the stack that a ConfigMap holds, as kustomize names them: `key=path`, or the path where the key is its last part. */
export type ConfigMap = { readonly name: string; readonly files: readonly string[] };

/** A module of prosody's, by its key in the ConfigMap, and where it lies in the container's folder of modules. */
export type Plugin = { readonly key: string; readonly path: string };

type Files = Pick<Decisions, 'files'>;

const folders = { nginx: 'jitsi/web/nginx-custom', plugins: 'jitsi/prosody-plugins' };

/** Whether a file of another feature has a place in the cluster. What is the owner's own there stands in values.own.yaml. */
export function isTaken(path: string): boolean {
  if (['.gitattributes', '.gitignore', 'jitsi-stack.json'].includes(path)) return true;
  if (path.startsWith('jitsi/branding/') || path.startsWith('jitsi/jibri/')) return true;
  return path.startsWith(`${folders.nginx}/`) || /^jitsi\/prosody-plugins\/.*\.lua$/.test(path);
}

/** Modules of prosody's; a key has no slashes. */
export function pluginsOf({ files }: Files): readonly Plugin[] {
  return below({ files }, folders.plugins).map((path) => {
    const inside = path.slice(folders.plugins.length + 1);
    return { key: inside.replaceAll('/', '.'), path: inside };
  });
}

/**
 * All that is put into the cluster as it lies in the stack.
 *
 * @param logo the owner’s own file in jitsi/branding
 */
export function configMapsOf({ files }: Files, logo: string | undefined): readonly ConfigMap[] {
  const branding = below({ files }, 'jitsi/branding').filter((path) => !path.endsWith('.md'));
  return [
    { name: 'jitsi-web-nginx', files: below({ files }, folders.nginx) },
    {
      name: 'jitsi-prosody-plugins',
      files: pluginsOf({ files }).map(({ key, path }) => `${key}=${folders.plugins}/${path}`),
    },
    {
      name: 'jitsi-branding',
      files: [...branding, ...(logo === undefined ? [] : [`jitsi/branding/${logo}`])],
    },
    { name: 'jitsi-jibri-hooks', files: below({ files }, 'jitsi/jibri') },
  ].filter(({ files: own }) => own.length > 0);
}

function below({ files }: Files, folder: string): readonly string[] {
  return files.flatMap(({ path }) => (path.startsWith(`${folder}/`) ? [path] : []));
}
