/**
 * Who may import whom, from the roof to the ground: each may import of the rows below it what it names, and all of the
 * ground. The first row that matches a file counts; what a row has in itself it may import. A `type:` entry may be
 * imported for its types only.
 */
export const floors: readonly (readonly [files: string, may: readonly string[]])[] = [
  [
    'src/cli/',
    [
      'blueprints/index.ts',
      'src/inspect.ts',
      'src/add-release.ts',
      'src/decide.ts',
      'type:src/stack-update.ts',
      'src/generate.ts',
      'src/doctor/',
      'src/adopt/',
      'src/answers/',
      'src/releases/index.ts',
      'src/plan/ports.ts',
      'type:src/audit/',
      'type:src/plan/',
      'type:src/sync/',
    ],
  ],
  [
    'src/inspect.ts',
    [
      'src/decide.ts',
      'src/stack-plan.ts',
      'src/audit/',
      'src/answers/',
      'src/releases/index.ts',
      'src/plan/stack-profile.ts',
      'src/sync/index.ts',
      'type:src/plan/',
    ],
  ],
  [
    'src/add-release.ts',
    ['src/answers/gather.ts', 'src/releases/index.ts', 'src/releases/read/', 'src/sync/index.ts'],
  ],
  [
    'src/decide.ts',
    [
      'src/stack-update.ts',
      'src/stack-plan.ts',
      'src/adopt/',
      'src/answers/',
      'src/releases/index.ts',
    ],
  ],
  [
    'src/stack-update.ts',
    [
      'src/stack-plan.ts',
      'blueprints/index.ts',
      'src/answers/',
      'src/releases/index.ts',
      'src/plan/',
      'src/sync/index.ts',
    ],
  ],
  [
    'src/stack-plan.ts',
    [
      'src/templates.ts',
      'blueprints/index.ts',
      'type:src/answers/',
      'src/releases/index.ts',
      'src/plan/create.ts',
      'type:src/plan/',
    ],
  ],
  [
    'src/generate.ts',
    [
      'src/local-files.ts',
      'src/render-stack.ts',
      'src/audit/',
      'src/project/',
      'src/answers/',
      'src/releases/index.ts',
      'src/sync/index.ts',
      'type:src/adopt/',
      'type:src/render/',
      'type:src/plan/',
    ],
  ],
  [
    'src/render-stack.ts',
    [
      'src/template-files.ts',
      'src/render/',
      'src/answers/',
      'type:src/sync/index.ts',
      'type:src/plan/',
    ],
  ],
  ['src/local-files.ts', ['src/adopt/', 'src/secrets/', 'src/sync/index.ts', 'type:src/plan/']],
  ['src/templates.ts', ['src/template-files.ts', 'blueprints/index.ts']],
  ['blueprints/index.ts', ['blueprints/', 'type:src/blueprint.ts']],
  ['blueprints/', ['src/blueprint.ts']],
  [
    'src/blueprint.ts',
    [
      'src/plan/access.ts',
      'src/plan/alerts-to.ts',
      'src/plan/busy.ts',
      'src/plan/copies.ts',
      'src/plan/definition.ts',
      'src/plan/fixed-address.ts',
      'src/plan/host-firewall.ts',
      'src/plan/host-path.ts',
      'src/plan/in-front.ts',
      'src/plan/jitsi-container.ts',
      'src/plan/machines.ts',
      'src/plan/measured.ts',
      'src/plan/node-health.ts',
      'src/plan/per-source.ts',
      'src/plan/ports.ts',
      'src/plan/provider-firewall.ts',
      'src/plan/rebuilding.ts',
      'src/plan/recordings.ts',
      'src/plan/view.ts',
      'src/access/domains.ts',
      'type:src/answers/',
      'type:src/releases/',
      'type:src/plan/',
    ],
  ],
  [
    'src/doctor/',
    ['type:src/audit/', 'src/plan/ports.ts', 'type:src/plan/', 'src/access/domains.ts'],
  ],
  [
    'src/audit/',
    ['src/adopt/read/', 'type:src/adopt/', 'type:src/plan/', 'src/releases/', 'src/access/'],
  ],
  ['src/adopt/', ['type:src/plan/', 'src/answers/', 'src/releases/', 'src/access/']],
  ['src/project/', ['type:src/render/']],
  ['src/template-files.ts', ['src/render/compile.ts']],
  ['src/render/', ['src/plan/ports.ts', 'type:src/plan/']],
  ['src/secrets/', []],
  ['src/plan/', ['src/answers/', 'src/releases/', 'src/access/']],
  ['src/answers/', ['src/sync/lock/']],
  ['src/releases/', ['src/access/']],
  ['src/sync/', []],
  ['src/access/', []],
];

/** The ground: for everybody, with nothing of ours below it but the ground itself. */
export const ground: readonly string[] = [
  'src/addresses.ts',
  'src/env-file.ts',
  'src/errors.ts',
  'src/json-comments.ts',
  'src/readable-text.ts',
  'src/sensitive.ts',
  'src/shell-word.ts',
  'src/spelling.ts',
  'src/manifest.ts',
];

/**
 * The rooms of `src/sync`, from the ground up: each may import those above it in this list, and of them only what it
 * names. What both ways of working share is below them; `committed` is the way with git, `plain` the one without.
 */
export const rooms: readonly (readonly [room: string, may: readonly string[]])[] = [
  ['types.ts', []],
  ['paths.ts', ['types.ts']],
  ['run-git.ts', []],
  ['mentions.ts', []],
  ['safety/', ['paths.ts', 'run-git.ts']],
  ['diff-texts.ts', ['run-git.ts', 'safety/']],
  ['lock/', ['types.ts', 'paths.ts', 'safety/']],
  ['own-files.ts', ['lock/']],
  ['overlap/', ['types.ts', 'paths.ts', 'run-git.ts']],
  ['repository/', ['run-git.ts', 'safety/', 'lock/']],
  ['plain/', ['types.ts', 'run-git.ts', 'safety/', 'diff-texts.ts', 'lock/', 'overlap/']],
  [
    'committed/',
    [
      'types.ts',
      'paths.ts',
      'run-git.ts',
      'safety/',
      'diff-texts.ts',
      'lock/',
      'overlap/',
      'repository/',
    ],
  ],
  [
    'sync.ts',
    [
      'types.ts',
      'paths.ts',
      'run-git.ts',
      'safety/',
      'lock/',
      'overlap/',
      'repository/',
      'plain/',
      'committed/',
    ],
  ],
  [
    'index.ts',
    ['types.ts', 'mentions.ts', 'own-files.ts', 'safety/', 'lock/', 'committed/', 'sync.ts'],
  ],
];
