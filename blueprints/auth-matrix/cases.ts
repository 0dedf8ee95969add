import type { Cases } from '../../src/blueprint.ts';

const service = { mode: 'matrix', serviceUrl: 'http://uvs.example.org:3000' };

export const cases: Cases = [{ auth: service }, { auth: { ...service, moderators: 'signed-in' } }];
