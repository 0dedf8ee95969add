import { defineBlueprint } from '../../src/blueprint.ts';
import { present } from './present.ts';

/**
 * What a bot has to know that proposes newer versions of what the files pin: how they pin it, and what it must not touch.
 * Renovate: https://docs.renovatebot.com/configuration-options/; Dependabot:
 * https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference
 */
export const pins = defineBlueprint({
  id: 'pins',
  title: 'Newer versions of what is pinned',
  order: 96,
  applies: ({ rebuild }) => rebuild.pins === 'renovate' || rebuild.pins === 'dependabot',
  formats: { 'renovate.json': 'javascript', '*.yml': 'javascript' },
  contribute: ({ answers: { rebuild } }) => ({
    files:
      rebuild.pins === 'renovate'
        ? { '.github/dependabot.yml': { absent: true } }
        : { 'renovate.json': { absent: true } },
    steps: [
      {
        phase: 'before',
        title:
          rebuild.pins === 'renovate' ? 'Switch Renovate on' : 'Push this repository to GitHub',
        detail:
          rebuild.pins === 'renovate'
            ? 'Install its app, or run it yourself, for the repository that this folder is pushed to. It reads renovate.json.'
            : 'Dependabot reads .github/dependabot.yml there by itself.',
      },
    ],
  }),
  present,
});
