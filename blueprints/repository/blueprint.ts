import { domainToUnicode } from 'node:url';
import { defineBlueprint, isInCluster, wayToServer } from '../../src/blueprint.ts';
import { present } from './present.ts';

/** What makes the stack a repository of its own: README, git's rules, the names of the secrets. */
export const repository = defineBlueprint({
  id: 'repository',
  title: 'Repository',
  order: 0,
  ownersPlaces: [
    { path: 'compose.override.yaml', about: 'services and their limits' },
    { path: 'compose.override.yml', about: 'services and their limits' },
    { path: 'jitsi', about: 'what is added to the configuration of Jitsi’s services' },
  ],
  formats: { '.env.example': 'env', '.gitattributes': 'patterns', '.gitignore': 'patterns' },
  contribute({ answers, reached, trustedProxy, changing }) {
    return {
      // A cluster is told of in another way.
      ...(isInCluster(answers) && {
        files: { 'README.md': { absent: true }, '.env.example': { absent: true } },
      }),
      steps: [
        ...(answers.host.here === true
          ? []
          : [
              {
                phase: 'before' as const,
                fresh: 'server' as const,
                topic: 'server' as const,
                title: 'Bring this to the server',
                detail: `${answers.host.here === undefined ? 'Skip this if you are on the server. ' : ''}Put the name that you log in with there in place of USER. Then go on there, in that folder: ${wayToServer(answers.network).logIn}, then cd meet. Or push the folder to your git host and clone it on the server; a clone makes new secrets at its first start.`,
                command: wayToServer(answers.network).copy,
              },
            ]),
        // A tunnel has a record of its own, which one that leads here would replace.
        ...(trustedProxy.tunnel
          ? []
          : [
              {
                phase: 'before' as const,
                ...(changing === undefined && {
                  record: { name: answers.domain, addresses: reached },
                }),
                title: `Point ${domainToUnicode(answers.domain)} at the server`,
                detail:
                  changing === answers.domain
                    ? `Your DynDNS service keeps ${answers.domain} up to date: set it up in the router, or in a client on this server.`
                    : `DNS: ${answers.domain} → ${reached.join(', ')}${changing ? ' (a CNAME record)' : ''}.`,
              },
            ]),
      ],
    };
  },
  present,
});
