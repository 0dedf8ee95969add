import { blueprints } from '../blueprints/index.ts';
import { templateSources } from './template-files.ts';

/** Paths in the stack of every blueprint's templates. */
export function listTemplates(): Record<string, string[]> {
  const lists = Object.fromEntries(blueprints.map(({ id }) => [id, [] as string[]]));
  for (const source of templateSources()) {
    const [, id = '', path = ''] = /^([^/]+)\/files\/(.+)\.ejs$/.exec(source) ?? [];
    lists[id]?.push(path);
  }
  return lists;
}
