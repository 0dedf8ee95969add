import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../../src/plan/plan.ts';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite('refresh');
const registry = 'registry.example.org/meet';

/** Its images are built anew, and the night in which newer ones may be taken over is over at once. */
function rebuiltPlan(): Plan {
  const plan = smallPlan();
  const rebuild = {
    by: 'github',
    registry,
    architectures: ['amd64'],
    level: 'critical',
    refresh: true,
    hour: 4,
    hours: 0,
  };
  return {
    ...plan,
    answers: { ...plan.answers, rebuild },
    services: plan.services.map((one) => ({
      ...one,
      image: `${registry}/${one.image.replace(/.*\//, '')}`,
      build: { context: './images/rebuilt' },
    })),
  };
}

/** A stack that runs, and for whose bridge something newer has been published. */
function running(): FakeStack {
  const plan = rebuiltPlan();
  const stack = new FakeStack(plan);
  stack.write('data/prosody/kept', 'x');
  const images = [...new Set(plan.services.map(({ image }) => image))];
  stack.images('images', images);
  // The number of an image is its line there; pulling adds another one.
  const ids = new Map(images.map((image, index) => [image, index + 2]));
  stack.write(
    '../fake/run',
    plan.services.map(({ name, image }) => `${name} ${image} ${ids.get(image)}\n`).join(''),
  );
  stack.images(
    'used',
    images.map((image) => `${image} ${ids.get(image)}`),
  );
  stack.helper('scripts/remember.sh');
  return stack;
}

test('images that are taken as they are published have nothing newer', () => {
  const stack = new FakeStack();
  const { code, err } = stack.run(['refresh']);
  assert.is(code, 1);
  assert.match(err, 'there is nothing to take over. npx create-jitsi-stack@latest --rebuild');
  stack.remove();
});

test('files that do not run yet are not mixed with newer images', () => {
  const stack = running();
  stack.write('nginx/nginx.conf', '# edited\n');
  const { code, err } = stack.run(['refresh']);
  assert.is(code, 1);
  assert.match(err, './stack up, or ./stack upgrade');
  assert.not.match(stack.calls(), 'pull');
  stack.remove();
});

test('as long as people meet, nothing is started anew, and the night ends without it', () => {
  const stack = running();
  stack.write('../fake/metrics', 'jitsi_jvb_conferences 2.0\n');
  const { code, err } = stack.run(['refresh']);
  assert.is(code, 0, err);
  assert.match(err, 'Newer images for:');
  assert.match(err, 'Meetings are going on (2)');
  assert.not.match(stack.calls(), /compose up|drain/);
  stack.remove();
});

test('a bridge that does not say how many meet counts as one where people do', () => {
  const stack = running();
  const { code, err } = stack.run(['refresh']);
  assert.is(code, 0, err);
  assert.match(err, 'how many, the bridge does not say');
  assert.not.match(stack.calls(), 'compose up');
  stack.remove();
});

test('a recording that is being finished counts as a meeting', () => {
  const stack = running();
  stack.write('../fake/metrics', 'jitsi_jvb_conferences 0.0\n');
  stack.write('../fake/busy', 'jvb\n');
  const { code, err } = stack.run(['refresh']);
  assert.is(code, 0, err);
  assert.not.match(stack.calls(), /compose up|drain/);
  stack.remove();
});

test('nobody may begin a meeting while it is exchanged; afterwards everybody may', () => {
  const stack = running();
  stack.write('../fake/metrics', 'jitsi_jvb_conferences 0.0\n');
  const { code, err } = stack.run(['refresh']);
  assert.is(code, 0, err);
  assert.match(err, 'Everything is healthy with the newer images');
  assert.match(
    stack.calls(),
    /drain\/enable.*compose up --detach --no-deps --no-build.*drain\/disable/s,
  );
  stack.remove();
});

test('with --now nobody is waited for', () => {
  const stack = running();
  stack.write('../fake/metrics', 'jitsi_jvb_conferences 2.0\n');
  const { code, err } = stack.run(['refresh', '--now']);
  assert.is(code, 0, err);
  assert.match(err, 'Everything is healthy');
  stack.remove();
});

test.run();
