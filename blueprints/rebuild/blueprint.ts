import { defineBlueprint, type FileTraits, rebuilding } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** What is called everywhere; the others are read by these. */
const commands = ['build', 'trial', 'scan'] as const;
/** What is called where images go through a registry, and where they stay on the server. */
const throughRegistry = ['publish', 'join', 'tools'] as const;
const onServer = ['keep'] as const;

/** What builds, tries, scans and publishes the images, whoever calls it and when. */
export const rebuild = defineBlueprint({
  id: 'rebuild',
  title: 'Images built anew',
  order: 94,
  applies: ({ rebuild: { by } }) => by !== 'none',
  formats: {
    'images/rebuilt/Dockerfile': 'lines',
    '.trivyignore': 'lines',
    '.grype.yaml': 'lines',
  },
  contribute({ answers }) {
    const where = rebuilding(answers);
    if (!where) return {};
    return {
      rebuild: { registry: where.registry, context: './images/rebuilt' },
      files: {
        '.trivyignore': { seeded: true },
        '.grype.yaml': { seeded: true },
        ...traits(commands, { executable: true }),
        ...traits(throughRegistry, where.here ? { absent: true } : { executable: true }),
        ...traits(['registry'], where.here ? { absent: true } : {}),
        ...traits(onServer, where.here ? { executable: true } : { absent: true }),
      },
      steps: [
        ...(where.here
          ? []
          : [
              {
                phase: 'before' as const,
                title: 'Let this server pull the images',
                detail:
                  'Needed while they are private; a token that may only read packages is enough. Until they are there, and whenever the registry cannot be reached, the first start builds them on this server.',
                command: `docker login ${where.host}`,
              },
            ]),
      ],
      troubles: [
        {
          symptom: 'The rebuilt images are days old.',
          cause: 'A run failed: an image does not build, become healthy or pass the scan.',
          fix: 'The run says which one and why. The same scripts run by hand on any machine with Docker: `rebuild/build.sh`, then `rebuild/trial.sh` and `rebuild/scan.sh`. docs/rebuilding.md of create-jitsi-stack goes through them.',
        },
      ],
    };
  },
  present,
});

/** The same traits for several scripts. */
function traits(names: readonly string[], same: FileTraits): Record<string, FileTraits> {
  return Object.fromEntries(names.map((name) => [`rebuild/${name}.sh`, same]));
}
