import { defineBlueprint } from '../../src/blueprint.ts';

/** A self-signed certificate: for trying out, and for networks whose browsers are told to trust it. */
export const certificatesSelfSigned = defineBlueprint({
  id: 'certificates-self-signed',
  title: 'Self-signed certificate',
  order: 70,
  offer: {
    section: 'certificates',
    value: 'self-signed',
    label: 'Self-signed',
    hint: 'for a first try only: browsers warn, phone apps refuse',
    says: 'The certificate is self-signed: browsers warn about it, and the phone apps refuse it.',
    order: 3,
  },
  contribute() {
    return {
      notes: [
        {
          level: 'warning',
          text: 'Browsers warn about a self-signed certificate, mobile apps refuse it, and TURN over TLS does not work with it until every device trusts it.',
        },
      ],
    };
  },
  present: ({ certificate: { names } }) => ({ names }),
});
