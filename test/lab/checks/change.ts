import { type Check, ensure } from '../check.ts';
import { arrange } from '../owner.ts';
import { until } from '../process.ts';

/** The owner answers otherwise, and the running stack becomes one with another edge. */
export const changed: Check = {
  name: 'update: another edge on the running stack',
  services: ['edge'],
  async run(lab) {
    const { stack, proxy, internet } = lab;
    const before = new Set((await stack.containers()).map(({ service }) => service));
    await proxy.stop();
    await arrange(lab, lab.edge);
    const { url, services } = stack.plan();
    await stack.script(['up']);
    if (lab.edge === 'external') await proxy.start(stack.directory);
    await until('the page', 30, () =>
      internet
        .does('http')
        .get(`${url}/`, { anyCertificate: true })
        .then(
          ({ status }) => status === 200,
          () => false,
        ),
    );
    const left = (await stack.containers()).filter(
      ({ service }) => !services.some(({ name }) => name === service),
    );
    ensure(left.length === 0, `still there: ${left.map(({ service }) => service).join(', ')}`);
    const fresh = services.filter(({ name }) => !before.has(name)).map(({ name }) => name);
    return `one answer and ./stack up; new: ${fresh.join(', ') || 'nothing'}`;
  },
};
