import type { typescript } from 'projen';

/** What `npm run` offers, and what `npm test` and `npm run build` are made of. */
export function addTasks(project: typescript.TypeScriptProject): void {
  project.addTask('start', {
    description: 'Start the wizard from this checkout',
    exec: 'tsx src/cli/main.ts',
    receiveArgs: true,
  });
  const bundle = project.addTask('bundle', {
    description: 'Bundle what npm publishes into dist/',
    exec: 'tsx projenrc/bundle.ts',
  });
  project.addTask('bench', {
    description: 'Measure speed and size side by side with peers',
    exec: 'tsx test/bench/bench.ts',
    receiveArgs: true,
  });
  project.addTask('bench:edge', {
    description: 'Measure the ways through port 443 side by side',
    exec: 'tsx test/bench/edge.ts',
    receiveArgs: true,
  });
  project.addTask('bench:relay', {
    description: 'Measure what a relayed packet costs, by the way that it comes (root, namespaces)',
    exec: 'tsx test/bench/relay.ts',
    receiveArgs: true,
  });
  project.addTask('bench:flood', {
    description:
      'What one hostile address takes of an edge, with and without caps (root, network namespaces)',
    exec: 'tsx test/bench/flood.ts',
    receiveArgs: true,
  });
  project.addTask('bench:machines', {
    description: 'Measure how generation grows from none to 200 further bridges',
    exec: 'tsx test/bench/machines.ts',
    receiveArgs: true,
  });
  project.addTask('lab', {
    description: 'Start a generated stack on a Docker engine and use it',
    exec: 'tsx test/lab/lab.ts',
    receiveArgs: true,
  });
  project.addTask('cluster', {
    description: 'Install a generated stack in a Kubernetes cluster of two nodes and use it (root)',
    exec: 'tsx test/cluster/run.ts',
    receiveArgs: true,
  });
  const pictures = project.addTask('pictures', {
    description: 'Draw the pictures of the documentation anew from what the program shows',
    exec: 'tsx test/docs/pictures/update.ts',
  });
  const golden = project.addTask('golden', {
    description:
      'Write the golden trees anew, and the pictures of them; read their diff before committing',
    exec: 'tsx test/golden/update.ts',
  });
  golden.spawn(pictures);
  project.addTask('images:digests', {
    description: 'Pin the images of the features to the digests that their tags have now',
    exec: 'tsx projenrc/images/digests.ts',
    receiveArgs: true,
  });
  project.addTask('releases:add', {
    description: 'Read releases of Jitsi from a clone of docker-jitsi-meet into the catalogue',
    exec: 'tsx projenrc/releases/add.ts',
    receiveArgs: true,
  });
  project.addTask('chart:read', {
    description: 'Read a version of jitsi-contrib/jitsi-helm from a clone of it',
    exec: 'tsx projenrc/chart/read.ts',
    receiveArgs: true,
  });
  project.addTask('site', {
    description: 'Build the documentation site into dist-site/; a dead link fails',
    exec: 'vitepress build site',
  });
  project.compileTask.reset('tsc --noEmit');
  project.compileTask.spawn(bundle);
  project.testTask.reset();
  project.testTask.exec('tsc --noEmit');
  project.testTask.exec('biome check .');
  project.testTask.exec('knip --no-progress --no-config-hints');
  project.testTask.exec('knip --no-progress --no-config-hints --production');
  project.testTask.spawn(bundle);
  project.testTask.exec('tsx test/run.ts', { receiveArgs: true });
  project.packageTask.reset('npm pack --pack-destination dist');
}
