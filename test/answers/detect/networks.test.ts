import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  collision,
  defaultInterface,
  freeSubnet,
  networksInUse,
} from '../../../src/answers/detect/networks.ts';
import { routeTable, standIn } from './stand-in.ts';

const networks = suite('networks in use');

networks('come from interfaces, containers’ too, and from routes', () => {
  const { interfaces } = standIn({
    interfaces: { lo: ['127.0.0.1/8'], eth0: ['10.0.0.5/24'], docker0: ['172.17.0.1/16'] },
  });
  const routes = routeTable('eth0', '172.20.0.0', '255.252.0.0');
  assert.equal(networksInUse(interfaces(), routes), [
    '10.0.0.0/24',
    '172.17.0.0/16',
    '172.20.0.0/14',
  ]);
  assert.is(defaultInterface(routes), 'eth0');
  assert.is(defaultInterface(''), undefined);
});

networks('networks collide in both directions', () => {
  assert.is(collision('172.28.0.0/24', ['10.0.0.0/8', '172.16.0.0/12']), '172.16.0.0/12');
  assert.is(collision('10.0.0.0/16', ['10.0.3.0/24']), '10.0.3.0/24');
  assert.is(collision('172.28.0.0/24', ['172.28.1.0/24', '2001:db8::/32']), undefined);
  assert.is(collision('nonsense', ['10.0.0.0/8']), undefined);
});

networks('leave another one free for the containers', () => {
  assert.is(freeSubnet([]), '172.28.0.0/24');
  assert.is(freeSubnet(['172.28.0.0/16']), '172.29.0.0/24');
  assert.is(freeSubnet(['172.16.0.0/12']), '10.213.28.0/24');
  assert.is(freeSubnet(['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16']), undefined);
});

networks.run();
