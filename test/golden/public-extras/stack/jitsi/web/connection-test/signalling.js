/*
 * Signalling as a guest: XMPP over a WebSocket (RFC 7395), without an account. What a guest is told of the relay (XEP-0215) holds for
 * some hours and for nothing else.
 */
'use strict';

const seconds = (number) => number * 1000;

/** Rejects with words when it takes too long. */
function within(time, promise, words) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(words)), time);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A WebSocket that is open, with what it says as parsed elements, one after the other. */
function openSocket(address) {
  const socket = new WebSocket(address, 'xmpp');
  const waiting = [];
  const heard = [];
  socket.onmessage = ({ data }) => {
    const element = new DOMParser().parseFromString(data, 'text/xml').documentElement;
    const next = waiting.shift();
    if (next) next(element);
    else heard.push(element);
  };
  const hear = () =>
    heard.length > 0 ? Promise.resolve(heard.shift()) : new Promise((resolve) => waiting.push(resolve));
  /** The next element of one of these names. */
  const hearOne = async (...names) => {
    for (;;) {
      const element = await hear();
      if (names.includes(element.localName)) return element;
    }
  };
  const opened = new Promise((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('it was refused or cut'));
  });
  return {
    opened,
    hearOne,
    say: (text) => socket.send(text),
    close: () => socket.close(),
  };
}

const escaped = (text) => String(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** Begins a stream; what the server can do. */
async function begin(socket, domain) {
  socket.say(
    `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${escaped(domain)}" version="1.0"/>`,
  );
  return socket.hearOne('features');
}

/** The relays that a guest is offered; undefined where nobody comes in without an account. */
async function relaysForGuests(socket, domain) {
  const features = await begin(socket, domain);
  const ways = [...features.getElementsByTagName('mechanism')].map((one) => one.textContent);
  if (!ways.includes('ANONYMOUS')) return undefined;
  socket.say('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>');
  if ((await socket.hearOne('success', 'failure')).localName === 'failure') return undefined;
  await begin(socket, domain);
  socket.say(
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
  );
  await socket.hearOne('iq');
  socket.say(
    `<iq xmlns="jabber:client" type="get" id="relays" to="${escaped(domain)}"><services xmlns="urn:xmpp:extdisco:2"/></iq>`,
  );
  let answer = await socket.hearOne('iq');
  while (answer.getAttribute('id') !== 'relays') answer = await socket.hearOne('iq');
  return [...answer.getElementsByTagName('service')].map((one) =>
    Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value])),
  );
}
