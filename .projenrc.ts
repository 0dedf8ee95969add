import { github, javascript, typescript } from 'projen';
import { AnswersPage } from './projenrc/answers-page.ts';
import { BlueprintsIndex } from './projenrc/blueprints-index.ts';
import { SettingsPage } from './projenrc/settings-page.ts';

const project = new typescript.TypeScriptProject({
  name: 'create-jitsi-stack',
  description:
    'Asks a few questions, writes a complete self-hosted Jitsi Meet repository, and keeps it in sync',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.12.0',
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
  buildWorkflow: false,
  pullRequestTemplate: false,
  githubOptions: { mergify: false, pullRequestLint: false },
  npmignoreEnabled: false,
  disableTsconfigDev: true,
  // The published package is one bundle; nothing is installed besides it, so all of these are development's.
  devDeps: [
    '@clack/prompts@1.9.0',
    '@peculiar/x509@2.2.0',
    '@types/ejs@^3',
    '@types/fs-extra@^11',
    '@types/node@^20.12.0',
    '@types/ws@^8',
    '@types/xmpp__client@0.14.1',
    '@xmpp/client@0.14.0',
    'constructs@10.8.1',
    'ejs@7.0.2',
    'esbuild@0.28.2',
    'fs-extra@11.4.1',
    'ipaddr.js@2.5.0',
    'playwright-core@1.65.1',
    'projen@0.103.25',
    'reflect-metadata@0.2.2',
    'simple-git@4.0.2',
    'tsx@4.23.15',
    'uvu@0.5.6',
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
  gitignore: ['/dist/', '/.cache/', '/test/.output/', '*.tgz'],
});

// --- the package: a bundle in dist/ beside the blueprints' own files -----------------------------
project.package.addField('type', 'module');
// npm takes a folder behind a * for a file, and the packed tarball itself lands in dist/.
project.package.addField('files', [
  'dist/*.js',
  'dist/*.json',
  'dist/*.txt',
  'blueprints/*/files/**',
]);
project.addBins({ 'create-jitsi-stack': 'dist/cli.js' });
project.package.addEngine('node', '>= 20.12.0');
new BlueprintsIndex(project);
new AnswersPage(project);
new SettingsPage(project);

// --- tasks ---------------------------------------------------------------------------------------
const tsx = (script: string) => `tsx ${script}`;
project.addTask('start', {
  description: 'Start the wizard from this checkout',
  exec: 'tsx src/cli/main.ts',
  receiveArgs: true,
});
const bundle = project.addTask('bundle', {
  description: 'Bundle what npm publishes into dist/',
  exec: tsx('projenrc/bundle.ts'),
});
project.addTask('bench', {
  description: 'Measure speed and size side by side with peers',
  exec: tsx('test/bench/bench.ts'),
  receiveArgs: true,
});
project.addTask('bench:edge', {
  description: 'Measure the ways through port 443 side by side',
  exec: tsx('test/bench/edge.ts'),
  receiveArgs: true,
});
project.addTask('lab', {
  description: 'Start a generated stack on a Docker engine and use it',
  exec: tsx('test/lab/lab.ts'),
  receiveArgs: true,
});
project.addTask('golden', {
  description: 'Write the golden trees anew; read their diff before committing',
  exec: tsx('test/golden/update.ts'),
});
project.compileTask.reset('tsc --noEmit');
project.compileTask.spawn(bundle);
project.testTask.reset();
project.testTask.exec('tsc --noEmit');
project.testTask.exec('biome check .');
project.testTask.spawn(bundle);
project.testTask.exec(tsx('test/run.ts'), { receiveArgs: true });
project.packageTask.reset('npm pack --pack-destination dist');

// --- its own workflow: what CI runs is .ci/run, here as everywhere -------------------------------
if (!project.github) throw new Error('projen made no GitHub component');
const workflow = new github.GithubWorkflow(project.github, 'ci');
workflow.on({ push: { branches: ['main'] }, pullRequest: {} });
workflow.addJob('test', {
  runsOn: ['ubuntu-24.04'],
  permissions: { contents: github.workflows.JobPermission.READ },
  timeoutMinutes: 60,
  container: { image: 'debian:bookworm' },
  steps: [{ uses: 'actions/checkout@v4' }, { name: 'Run', run: 'bash .ci/run' }],
});
// Network namespaces and a Docker engine are part of the tests.
workflow.file?.addOverride('jobs.test.container.options', '--privileged');

project.synth();
