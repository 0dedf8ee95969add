import type { Project } from 'projen';
import { type Step, value, WorkflowFile } from './workflow.ts';

/** As whom a workflow commits. */
export const asWorkflow = [
  'git config user.name "github-actions[bot]"',
  'git config user.email "41898282+github-actions[bot]@users.noreply.github.com"',
].join('\n');

/**
 * Publishes what the changelog says. While there are files in `changes/`, a pull request with the next version is kept
 * up to date; once it is merged, the newest version of CHANGELOG.md has no tag yet, and is published.
 *
 * @param repository `owner/name`; forks publish nothing
 */
export function addRelease(project: Project, repository: string): void {
  const here = `github.repository == '${repository}'`;
  const node: Step = { uses: 'actions/setup-node', with: { 'node-version': 24 } };
  new WorkflowFile(project, 'release', {
    on: { push: { branches: ['main'] } },
    concurrency: { group: 'release', 'cancel-in-progress': false },
    jobs: {
      prepare: {
        name: 'The pull request with the next version',
        if: here,
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        permissions: { contents: 'write', 'pull-requests': 'write' },
        steps: [
          { uses: 'actions/checkout' },
          node,
          { run: 'npm ci' },
          { run: 'npx tsx projenrc/changes/release.ts\nnpx projen' },
          {
            env: { GH_TOKEN: value('github.token') },
            run: [
              'if git diff --quiet; then exit 0; fi',
              asWorkflow,
              'version=$(node -p "require(\'./package.json\').version")',
              'git switch --create release/next',
              'git commit --all --message "chore: release v$version"',
              'git push --force origin release/next',
              'npx tsx projenrc/changes/notes.ts >../notes.md',
              'if [ "$(gh pr list --head release/next --json number --jq length)" = 0 ]; then',
              '  gh pr create --head release/next --title "Release v$version" --body-file ../notes.md',
              'else',
              '  gh pr edit release/next --title "Release v$version" --body-file ../notes.md',
              'fi',
              '',
            ].join('\n'),
          },
        ],
      },
      // npm's trusted publishing: npm knows this repository, this workflow and the environment, and no secret exists.
      publish: {
        name: 'A version that has no tag yet',
        if: here,
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        permissions: { contents: 'write', 'id-token': 'write' },
        environment: 'npm',
        steps: [
          { uses: 'actions/checkout' },
          node,
          {
            id: 'newest',
            run: [
              'version=$(node -p "require(\'./package.json\').version")',
              'echo "version=$version" >>"$GITHUB_OUTPUT"',
              'if [ "$version" != 0.0.0 ] && ! git ls-remote --exit-code --tags origin "refs/tags/v$version"; then',
              '  echo "unpublished=true" >>"$GITHUB_OUTPUT"',
              'fi',
              '',
            ].join('\n'),
          },
          {
            if: "steps.newest.outputs.unpublished == 'true'",
            env: {
              GH_TOKEN: value('github.token'),
              VERSION: value('steps.newest.outputs.version'),
            },
            run: [
              'npm ci',
              // Here and not in main: a digest names one exact image, and the lab builds its own of the same tags.
              'npx tsx projenrc/images/digests.ts',
              'npx tsx projenrc/bundle.ts',
              'npx tsx test/package/smoke.ts',
              'npm publish --provenance --access public --ignore-scripts',
              'npx tsx projenrc/changes/notes.ts >../notes.md',
              'gh release create "v$VERSION" --target "$GITHUB_SHA" --title "v$VERSION" --notes-file ../notes.md',
              '',
            ].join('\n'),
          },
        ],
      },
    },
  });
}
