import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { typed } from './check.ts';
import { checks } from './checks/index.ts';
import { checksOf } from './run.ts';
import { network } from './suites.ts';

const test = suite('names of checks');

test('each is found by what the report of a failure says to type', () => {
  for (const { name, topologies, edges } of checks) {
    assert.match(typed(name), /^\S+$/);
    assert.not.match(typed(name), /['"$`\\*?<>|&;()]/);
    const topology = topologies?.[0] ?? 'public';
    const edge = edges?.[0] ?? 'nginx';
    const found = checksOf({ edge, filters: [typed(name)] }, topology);
    assert.ok(
      found.some((check) => check.name === name),
      name,
    );
  }
});

test('two words with a hyphen find what has both side by side', () => {
  const named = (filter: string) =>
    checksOf({ edge: 'nginx', filters: [filter] }, 'public').map(({ name }) => name);
  assert.equal(named('only-TCP'), named('only TCP'));
  assert.ok(named('only-TCP').every((name) => name.includes('only TCP')));
  assert.ok(named('TURN').length > 0);
});

test('a colon is a colon: what every run asks for brings in nothing that takes long', () => {
  for (const { name, long } of checksOf({ edge: 'nginx', filters: network }, 'public'))
    assert.not.ok(long, name);
});

test.run();
