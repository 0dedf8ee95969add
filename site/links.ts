import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { MarkdownOptions } from 'vitepress';

type Markdown = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/**
 * Leads links out of `docs/` to the repository, where those files are.
 *
 * @param root of the checkout
 * @param repository its address, `https://github.com/owner/name`
 * @throws Error for a file that is not there; dead links between pages are VitePress's to find
 */
export function linksToRepository(root: string, repository: string) {
  return (markdown: Markdown): void => {
    markdown.core.ruler.push('links_to_repository', ({ tokens, env }) => {
      for (const token of tokens.flatMap(({ children }) => children ?? [])) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (!href?.startsWith('../')) continue;
        const [path = '', part] = posix.normalize(`docs/${href}`).split('#');
        if (!existsSync(`${root}${path}`))
          throw new Error(`${env.relativePath}: there is no ${path} that ${href} could lead to.`);
        token.attrSet('href', `${repository}/blob/main/${path}${part ? `#${part}` : ''}`);
      }
    });
  };
}
