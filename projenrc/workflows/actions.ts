/**
 * The actions that workflows use, each pinned to the commit that its tag stood for: a tag can be moved, a commit can not.
 * Renovate raises both together. By hand: `git ls-remote https://github.com/OWNER/ACTION 'refs/tags/VERSION*'`; where two
 * lines come back, the commit is that of the one with `^{}`.
 */
export const actions = {
  'actions/checkout': { version: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'actions/setup-node': { version: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  'actions/upload-pages-artifact': {
    version: 'v3.0.1',
    commit: '56afc609e74202658d3ffba0e8f6dda462b719fa',
  },
  'actions/deploy-pages': { version: 'v4.0.5', commit: 'd6db90164ac5ed86f2b6aed7e0febac5b3c0c03e' },
} as const;

export type Action = keyof typeof actions;
