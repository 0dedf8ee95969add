import { defineBlueprint } from '../../src/blueprint.ts';

/** The owner's own certificate, put into `certs/`. */
export const certificatesOwn = defineBlueprint({
  id: 'certificates-own',
  title: 'Your own certificate',
  order: 70,
  offer: {
    section: 'certificates',
    value: 'own',
    label: 'My own files',
    hint: 'from your company, or one that you bought',
    says: 'You bring your own certificate and install it after the first start.',
    saysBehindProxy: 'Your own proxy brings the certificate of the page.',
    order: 2,
  },
  contribute({ trustedProxy }) {
    // Behind the owner's own proxy only the relay of this stack has a use for it, and the edge says how it comes here.
    if (!trustedProxy.listen) return {};
    return {
      steps: [
        {
          phase: 'after',
          repeat: 'names',
          title: 'Install your certificate',
          detail:
            'This checks that the certificate fits its key and covers the right names, and loads it without a restart.',
          command: './stack certs install FULLCHAIN.pem PRIVKEY.pem',
        },
      ],
    };
  },
  present: ({ certificate: { names } }) => ({ names }),
});
