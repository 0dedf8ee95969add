import type { Project } from 'projen';
import { WorkflowFile } from './workflow.ts';

/**
 * Builds the documentation site and publishes it on GitHub Pages, whose source has to be set to “GitHub Actions”.
 *
 * @param repository `owner/name`; forks publish nothing
 */
export function addSite(project: Project, repository: string): void {
  new WorkflowFile(project, 'site', {
    on: { push: { branches: ['main'] }, workflow_dispatch: {} },
    concurrency: { group: 'site', 'cancel-in-progress': false },
    jobs: {
      build: {
        name: 'Build the pages',
        if: `github.repository == '${repository}'`,
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        permissions: { contents: 'read' },
        steps: [
          { uses: 'actions/checkout', with: { 'persist-credentials': false } },
          { uses: 'actions/setup-node', with: { 'node-version': 24 } },
          { run: 'npm ci' },
          { run: 'npm run site' },
          { uses: 'actions/upload-pages-artifact', with: { path: 'dist-site' } },
        ],
      },
      publish: {
        name: 'Publish them',
        needs: 'build',
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 10,
        permissions: { pages: 'write', 'id-token': 'write' },
        environment: 'github-pages',
        steps: [{ uses: 'actions/deploy-pages' }],
      },
    },
  });
}
