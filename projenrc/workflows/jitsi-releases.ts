import type { Project } from 'projen';
import { asWorkflow } from './release.ts';
import { value, WorkflowFile } from './workflow.ts';

/** Once a week: reads what docker-jitsi-meet has released since, and opens a pull request with the facts. */
export function addJitsiReleases(project: Project, repository: string): void {
  new WorkflowFile(project, 'jitsi-releases', {
    on: { schedule: [{ cron: '17 5 * * 1' }], workflow_dispatch: {} },
    concurrency: { group: 'jitsi-releases', 'cancel-in-progress': false },
    jobs: {
      read: {
        name: 'New releases of docker-jitsi-meet',
        if: `github.repository == '${repository}'`,
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        permissions: { contents: 'write', 'pull-requests': 'write' },
        steps: [
          { uses: 'actions/checkout' },
          { uses: 'actions/setup-node', with: { 'node-version': 22 } },
          { run: 'npm ci' },
          { run: 'git clone https://github.com/jitsi/docker-jitsi-meet ../docker-jitsi-meet' },
          {
            run: [
              'newest() { npx tsx src/cli/main.ts releases --json | jq --raw-output ".[0].tag"; }',
              'before=$(newest)',
              'npx tsx projenrc/releases/add.ts --new ../docker-jitsi-meet',
              'npx projen',
              '{',
              '  echo "What changes for whoever runs a stack; docs/releases.md says what else a release needs."',
              "  echo '```'",
              '  npx tsx src/cli/main.ts releases diff "$before" "$(newest)"',
              "  echo '```'",
              '} >../report.md',
              '',
            ].join('\n'),
          },
          {
            env: { GH_TOKEN: value('github.token') },
            run: [
              'if git diff --quiet; then exit 0; fi',
              asWorkflow,
              'git switch --create jitsi-releases',
              'git commit --all --message "feat(releases): facts of new releases of docker-jitsi-meet"',
              'git push --force origin jitsi-releases',
              'if [ "$(gh pr list --head jitsi-releases --json number --jq length)" = 0 ]; then',
              '  gh pr create --head jitsi-releases --title "New releases of Jitsi" --body-file ../report.md',
              'else',
              '  gh pr edit jitsi-releases --body-file ../report.md',
              'fi',
              '',
            ].join('\n'),
          },
        ],
      },
    },
  });
}
