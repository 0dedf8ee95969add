import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carryComments } from '../../../src/answers/file/carry-comments.ts';

const test = suite('comments of the answers file');

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const answers = {
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7', '203.0.113.8'], ipv6: false },
  extras: [],
  settings: { ENABLE_LOBBY: true, DEFAULT_LANGUAGE: 'de' },
};

const commented = `// Asked for by the board, 2026-03-01.
{ // all of it
  /* The name of
     the house. */
  "domain": "meet.example.org", // never meet.alt.example.org
  "network": {
    // from the provider
    "publicAddresses": [
      // the old one
      "203.0.113.7", // until June
      "203.0.113.8"
      // no third
    ],
    "ipv6": false
    // ask again in spring
  }, // network
  "extras": [
    // none yet
  ],
  "settings": {
    "ENABLE_LOBBY": true, /* as in the rules */
    "DEFAULT_LANGUAGE": "de"
  }
}
// end
`;

test('without one, what is generated comes back byte for byte', () => {
  for (const value of [answers, {}, { a: [] }, { a: [{ b: 1 }, [null, 'x']], c: '"' }])
    assert.is(carryComments('{}', text(value)), text(value));
});

test('each stays with its answer', () => {
  const carried = carryComments(commented, text(answers));
  assert.is(
    carried,
    commented
      .replace('  }, // network\n', '  },\n')
      .replace('"network": {', '"network": { // network'),
  );
  assert.is(carryComments(carried, text(answers)), carried, 'and stays where it is');
});

test('follows a value that has moved, and an answer that has changed', () => {
  const now = {
    domain: 'meet.neu.example.org',
    network: { ipv6: true, publicAddresses: ['203.0.113.9', '203.0.113.7'] },
  };
  const carried = carryComments(commented, text(now));
  assert.match(carried, '"domain": "meet.neu.example.org", // never meet.alt.example.org');
  assert.match(
    carried,
    '      "203.0.113.9",\n      // the old one\n      "203.0.113.7" // until June\n',
  );
  assert.match(carried, '    // from the provider\n    "publicAddresses": [');
});

test('of an answer that is gone stays in its section, and of a section that is gone in the file', () => {
  const owners = `{
  "auth": {
    // the school's
    "url": "ldaps://x", // ask Anna
    "mode": "ldap"
  },
  "turn": { "users": { // who
    "a": 1 } }
}`;
  assert.is(
    carryComments(owners, text({ auth: { mode: 'internal' }, turn: 'none' })),
    `{
  "auth": {
    "mode": "internal"
    // the school's
    // ask Anna
  },
  "turn": "none"
  // who
}
`,
  );
});

test('none is lost, wherever it stands', () => {
  const places =
    '/*0*/{/*1*/"a"/*2*/:/*3*/[/*4*/1/*5*/,/*6*/{/*7*/}/*8*/,/*9*/]/*10*/,/*11*/}/*12*/';
  const spaced = places.replaceAll(/([[\]{},:])/g, '\n$1\n');
  for (const owners of [places, spaced])
    for (const value of [{ a: [1, {}] }, { a: 1 }, { b: {} }, {}]) {
      const carried = carryComments(owners, text(value));
      for (let index = 0; index <= 12; index++) assert.match(carried, `/*${index}*/`);
    }
});

test.run();
