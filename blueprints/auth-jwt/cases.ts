import type { Cases } from '../../src/blueprint.ts';

const published = {
  keys: 'jwks',
  keysUrl: 'https://id.example.org/realms/meet/protocol/openid-connect/certs',
  issuer: 'https://id.example.org/realms/meet',
};

export const cases: Cases = [
  { auth: { mode: 'jwt' } },
  { auth: { mode: 'jwt', guests: 'wait', moderators: 'token' } },
  { auth: { mode: 'jwt', guests: 'knock', moderators: 'token' } },
  { auth: { mode: 'jwt', guests: 'none', moderators: 'token', ...published } },
  {
    auth: {
      mode: 'jwt',
      keys: 'key-server',
      keysUrl: 'https://keys.example.org/asap',
      issuer: 'example',
    },
  },
];
