import type { Project } from 'projen';
import { type Step, value, WorkflowFile } from './workflow.ts';

const checkout: Step = { uses: 'actions/checkout', with: { 'persist-credentials': false } };
const permissions = { contents: 'read' } as const;

/** What runs for every change: all tests once, what needs no preparation on each Node, and the command line elsewhere. */
export function addCi(project: Project): void {
  new WorkflowFile(project, 'ci', {
    on: { push: { branches: ['main'] }, pull_request: {} },
    concurrency: {
      group: `ci-${value('github.ref')}`,
      'cancel-in-progress': value("github.event_name == 'pull_request'"),
    },
    jobs: {
      // .ci/run is the same here as everywhere. Network namespaces and a Docker engine are part of the tests.
      test: {
        name: 'All tests',
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 60,
        permissions,
        container: { image: 'debian:bookworm', options: '--privileged' },
        steps: [checkout, { run: 'bash .ci/run' }],
      },
      // GitHub sets CI, with which a skipped test is a failure; here it is as it should be.
      node: {
        name: `Node ${value('matrix.node')} and git, nothing else`,
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 60,
        permissions,
        strategy: { 'fail-fast': false, matrix: { node: ['20.12', '22', '24'] } },
        container: { image: `node:${value('matrix.node')}-bookworm-slim` },
        env: { CI: 'false' },
        steps: [
          {
            run: 'apt-get update -qq && apt-get install -qq --no-install-recommends ca-certificates git',
          },
          checkout,
          { run: 'npm ci' },
          { run: 'npm test' },
        ],
      },
      elsewhere: {
        name: `The command line on ${value('matrix.os')}`,
        'runs-on': value('matrix.os'),
        'timeout-minutes': 20,
        permissions,
        strategy: { 'fail-fast': false, matrix: { os: ['macos-latest', 'windows-latest'] } },
        steps: [
          checkout,
          { uses: 'actions/setup-node', with: { 'node-version': 22 } },
          { run: 'npm ci' },
          { run: 'npx tsx projenrc/bundle.ts' },
          { run: 'npx tsx test/package/smoke.ts' },
        ],
      },
    },
  });
}
