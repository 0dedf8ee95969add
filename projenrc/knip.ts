import { JsonFile, type Project } from 'projen';

/** What nobody imports is found by knip: in all, and with `--production` in what is not there for tests alone. */
export function addKnip(project: Project): void {
  new JsonFile(project, 'knip.json', {
    marker: false,
    obj: {
      $schema: 'https://unpkg.com/knip@6/schema.json',
      // Knip calls some of these redundant; with --production they are not.
      entry: [
        'src/cli/main.ts!',
        'blueprints/index.ts!',
        '.projenrc.ts!',
        'projenrc/bundle.ts!',
        'site/.vitepress/config.ts',
        'projenrc/changes/{notes,release}.ts!',
        'projenrc/images/digests.ts!',
        'projenrc/releases/add.ts!',
        'projenrc/chart/read.ts!',
        'blueprints/*/cases.ts!',
        'test/**/*.test.ts',
        'test/run.ts',
        'test/runner/{preload,uvu-with-hooks}.ts',
        'test/bench/{bench,edge,flood,machines,relay}.ts',
        'test/docs/pictures/update.ts',
        'test/golden/update.ts',
        'test/lab/lab.ts',
        'test/cluster/run.ts',
        'test/blueprints/auth-oidc/keycloak/trial.ts',
        'test/blueprints/kubernetes/trial.ts',
        // They run on other machines, in processes of their own, and are called by name.
        'test/blueprints/edge/{probe,stand-in}.ts',
        'test/e2e/{backend,jitsi}.ts',
        'test/lab/probes/*.ts',
        'test/lab/provider/server.ts',
        'test/lab/world/agent.ts',
      ],
      project: [
        '{src,blueprints,projenrc}/**/*.ts!',
        'site/**/*.ts',
        'test/**/*.ts',
        '!test/golden/*/stack/**',
      ],
      // A type beside the function that takes it is for its readers.
      ignoreExportsUsedInFile: true,
      // projen's tasks call the one, the sign-in service of a stack the other.
      ignoreDependencies: ['@biomejs/biome', 'openid-client'],
      // Programs of the system, which tests and scripts call.
      exclude: ['binaries', 'unlisted'],
    },
  });
}
