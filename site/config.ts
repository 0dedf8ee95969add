import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { linksToRepository } from './links.ts';
import { navigation } from './navigation.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const repository = String(manifest.homepage).replace(/#.*/, '');

/** The documentation site: the pages of `docs/` as they are, in the order of `navigation.ts`, with a search of its own. */
export default defineConfig({
  title: manifest.name,
  description: manifest.description,
  lang: 'en',
  // GitHub serves the pages of a repository below its name.
  base: `/${manifest.name}/`,
  srcDir: '../docs',
  outDir: '../dist-site',
  cacheDir: '../.cache/site',
  cleanUrls: true,
  // It has no picture; without this line browsers ask for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { config: linksToRepository(root, repository) },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: navigation.map(({ text, pages }) => ({
      text,
      items: pages.map((page) => ({ text: headingOf(page), link: `/${page}` })),
    })),
    outline: { level: [2, 3] },
    socialLinks: [{ icon: 'github', link: repository }],
    editLink: { pattern: `${repository}/edit/main/docs/:path`, text: 'Improve this page' },
  },
});

function headingOf(page: string): string {
  const [, heading] = /^# (.+)$/m.exec(readFileSync(`${root}docs/${page}.md`, 'utf8')) ?? [];
  if (heading === undefined) throw new Error(`docs/${page}.md has no heading.`);
  return heading;
}
