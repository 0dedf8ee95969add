/** What the workflow uses, by the commit that its tag stood for: a tag can be moved, a commit cannot. */
export const actions = {
  'actions/checkout': { version: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
} as const;
