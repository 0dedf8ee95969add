import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compiledTemplates } from '../../projenrc/bundle-templates.ts';
import { writeAnswers } from '../../src/answers/file/write.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { renderPlan } from '../../src/render/render.ts';
import { renderTemplate } from '../../src/render/template.ts';
import * as checkout from '../../src/template-files.ts';
import { answersOf, cases } from '../golden/cases.ts';
import { planOf } from '../matrix/stack.ts';

const bundle = suite<{ bundled: typeof checkout }>('the templates in the package');
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bundle-'));

bundle.before(async (context) => {
  const outfile = join(folder, 'templates.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/template-files.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [compiledTemplates(root)],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  context.bundled = await import(pathToFileURL(outfile).href);
});
bundle.after(() => rmSync(folder, { recursive: true }));

bundle('every template of the checkout is in the package', ({ bundled }) => {
  assert.ok(checkout.templateSources().length > 50);
  assert.equal(bundled.templateSources(), checkout.templateSources());
});

bundle('whole stacks come out of the package as they do of the checkout', async ({ bundled }) => {
  const files = (plan: Plan, { templateAt }: typeof checkout) =>
    renderPlan(plan, templateAt, ({ answers }) => writeAnswers(answers));
  for (const one of cases) {
    const plan = await planOf(answersOf(one));
    const here = new Map(files(plan, checkout).map(({ path, text }) => [path, text]));
    const wrong = files(plan, bundled).filter(({ path, text }) => here.get(path) !== text);
    assert.equal(
      wrong.map(({ path }) => path),
      [],
      one.name,
    );
  }
});

bundle('every template prints there what it prints here, whatever its view has', ({ bundled }) => {
  const text = (source: string, { templateAt }: typeof checkout) =>
    templateAt(source)(
      {
        view: anything('view'),
        code: (value) => `code ${value}`,
        prose: (value) => `prose ${value}`,
        cell: (value) => `cell ${value}`,
        shell: (value) => `sh ${value}`,
        number: (value) => `number ${value}`,
      },
      (value) => `<${value}>`,
      (path) => `included ${path}`,
      (error) => {
        throw error;
      },
    );
  for (const source of checkout.templateSources())
    assert.ok(text(source, bundled) === text(source, checkout), source);
});

bundle('what cannot be printed is named with its template and line, there too', ({ bundled }) => {
  const source = 'firewall-nftables/files/firewall/nftables.nft.ejs';
  const broken = {
    path: 'firewall/nftables.nft',
    format: 'nft',
    source,
    read: bundled.templateAt,
  } as const;
  assert.throws(() => renderTemplate(broken, {}), /firewall\/nftables\.nft\.ejs:\d+ \(nft\)/);
});

/** Has every name; in a loop it is two values, and printed it is the way to it. */
function anything(path: string): unknown {
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === Symbol.toPrimitive) return () => path;
        if (name === Symbol.iterator)
          return () => [anything(`${path}/1`), anything(`${path}/2`)].values();
        return anything(`${path}.${String(name)}`);
      },
    },
  );
}

bundle.run();
