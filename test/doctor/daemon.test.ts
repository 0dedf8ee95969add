import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkDaemon } from '../../src/doctor/checks/daemon.ts';
import type { Examination } from '../../src/doctor/examination.ts';

const daemon = suite('the doctor and Docker on the server');

const look = (vantage: Examination['vantage'], withoutRules: boolean) =>
  checkDaemon({ vantage, daemon: { withoutRules } } as Examination);

daemon('a Docker that writes no rules is wrong, on the server and nowhere else', () => {
  const [found] = look('server', true);
  assert.is(found?.outcome, 'wrong');
  assert.match(found?.seen ?? '', '"iptables": false');
  assert.equal(look('server', false), []);
  // What this machine has says nothing about the server.
  assert.equal(look('outside', true), []);
});

daemon.run();
