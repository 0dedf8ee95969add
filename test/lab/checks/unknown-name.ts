import { type Check, ensure } from '../check.ts';

/** Strangers' names, and none at all, get no certificate to look at. */
export const unknownName: Check = {
  name: 'unknown names refused',
  services: ['edge'],
  async run({ internet, world }) {
    for (const name of ['other.example.org', '']) {
      for (const address of world.outside) {
        const answer = await internet.does('tls').handshake(address, 443, name);
        ensure('refused' in answer, `${address} showed a certificate for “${name}”`);
      }
    }
    return 'no certificate for another name or none';
  },
};
