import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findWay, waysOf } from '../../src/access/ways.ts';

const ways = suite('who may open, join and moderate');

ways('the default of each way to sign in comes first', () => {
  assert.equal(
    waysOf('nothing').map(({ moderators }) => moderators),
    ['first', 'everybody'],
  );
  const [first] = waysOf('password');
  assert.equal([first?.guests, first?.moderators], ['none', 'signed-in']);
});

ways('guests never moderate where people sign in', () => {
  for (const guests of ['wait', 'knock'])
    for (const moderators of ['first', 'everybody'])
      for (const signIn of ['password', 'token'] as const)
        assert.is(findWay(signIn, { guests, moderators }), undefined);
});

ways('other moderators than those who sign in need jicofo’s authentication off', () => {
  for (const way of [...waysOf('password'), ...waysOf('token')])
    assert.is(way.jicofo?.JICOFO_ENABLE_AUTH === false, way.moderators !== 'signed-in');
});

ways.run();
