import { JsonFile, type Project } from 'projen';

/**
 * What follows newer versions, and opens pull requests: images and actions are pinned in TypeScript, where Renovate has to
 * be told what it sees; npm's packages are pinned in .projenrc.ts and package.json alike.
 */
export function addRenovate(project: Project): void {
  new JsonFile(project, 'renovate.json', {
    marker: false,
    obj: {
      $schema: 'https://docs.renovatebot.com/renovate-schema.json',
      extends: ['config:recommended', ':semanticCommits'],
      schedule: ['before 6am on monday'],
      minimumReleaseAge: '7 days',
      // What a stack gets has its reason, and Jitsi's own images follow the catalogue of releases.
      enabledManagers: ['custom.regex', 'npm', 'github-actions'],
      customManagers: [
        {
          customType: 'regex',
          description: 'The images of the features',
          managerFilePatterns: ['/^blueprints/([^/]+/)+image\\.ts$/'],
          matchStrings: [
            "name:\\s+'(?<depName>[^':]+):(?<currentValue>[^'@]+)(?:@(?<currentDigest>sha256:[0-9a-f]{64}))?'",
          ],
          autoReplaceStringTemplate:
            "name: '{{{depName}}}:{{{newValue}}}{{#if newDigest}}@{{{newDigest}}}{{/if}}'",
          datasourceTemplate: 'docker',
        },
        {
          customType: 'regex',
          description: 'The actions of the workflows',
          managerFilePatterns: ['/^(projenrc/workflows|blueprints/[^/]+)/actions\\.ts$/'],
          matchStrings: [
            "'(?<depName>[^']+)': \\{\\s+version: '(?<currentValue>[^']+)',\\s+commit: '(?<currentDigest>[0-9a-f]{40})',?\\s+\\}",
          ],
          datasourceTemplate: 'github-tags',
        },
        {
          customType: 'regex',
          description: 'The programs that features build from source',
          managerFilePatterns: ['/^blueprints/[^/]+/tools\\.ts$/'],
          matchStrings: ["'(?<depName>github\\.com/[^'@]+)/cmd/[^'@]+@(?<currentValue>v[^']+)'"],
          datasourceTemplate: 'go',
        },
        {
          customType: 'regex',
          description: 'The packages as .projenrc.ts pins them',
          managerFilePatterns: ['/^\\.projenrc\\.ts$/'],
          matchStrings: [
            "'(?<depName>(?:@[^'/@]+/)?[^'/@]+)@(?<currentValue>\\d[^']*)'",
            "(?<depName>typescript)Version: '(?<currentValue>[^']+)'",
          ],
          datasourceTemplate: 'npm',
        },
        {
          customType: 'regex',
          description: 'Biome, which projen pins in a place of its own',
          managerFilePatterns: ['/^\\.projenrc\\.ts$/'],
          matchStrings: ["biomeOptions: \\{\\s*version: '(?<currentValue>[^']+)'"],
          depNameTemplate: '@biomejs/biome',
          datasourceTemplate: 'npm',
        },
      ],
      packageRules: [
        {
          description: 'A workflow and what it is written from go together',
          matchManagers: ['github-actions', 'custom.regex'],
          matchFileNames: ['.github/workflows/**', 'projenrc/workflows/actions.ts'],
          groupName: 'actions',
        },
        {
          description: 'package.json, its lock and what they are written from go together',
          matchDatasources: ['npm'],
          groupName: 'packages',
        },
        {
          description: 'lego 5 changed its command line',
          matchPackageNames: ['goacme/lego'],
          allowedVersions: '<5',
        },
        {
          description: 'Stacks change with an image: run `npm run golden`, and read the diff',
          matchDatasources: ['docker'],
          groupName: 'images of stacks',
          prBodyNotes: [
            'Stacks change with an image: `npm run golden`, read the diff, add a file to `changes/`.',
          ],
        },
      ],
    },
  });
}
