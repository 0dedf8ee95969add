// What people see when there is no way on. Fixed texts: nothing that a visitor or the provider sends is ever in them.
import { createHash } from 'node:crypto';

const again = 'Open the link of your meeting again.';
const pages = {
  room: [400, 'This is not the name of a room', 'Check the link of your meeting.'],
  forged: [
    400,
    'This sign-in cannot be finished',
    `It was begun in another browser, took more than ten minutes, or is finished already. ${again}`,
  ],
  stranger: [
    403,
    'You are not among those who open rooms here',
    'You have signed in, but this server lets in other people. Whoever runs it can tell you more. You may still join a meeting as a guest, if it takes guests.',
  ],
  refused: [403, 'You have not been signed in', `The sign-in was cancelled or refused. ${again}`],
  nothing: [404, 'There is nothing here', again],
  method: [405, 'There is nothing here', again],
  answer: [
    502,
    'Signing in does not work right now',
    'The answer of the sign-in service could not be believed. Whoever runs this server finds the reason with ./stack logs oidc.',
  ],
  busy: [503, 'Many people are signing in', `Wait a moment. ${again}`],
  provider: [
    503,
    'Signing in does not work right now',
    `The service that knows who you are does not answer. Try again in some minutes. ${again}`,
  ],
  'signed-out': [
    200,
    'You have signed out',
    'Meetings that you are in go on until you leave them.',
  ],
};

const style =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1rem;color:#222;background:#fafafa}h1{font-size:1.5rem}';
const policy = `; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** @param name one of the pages above */
export function pageOf(name) {
  const [status, title, text] = pages[name];
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">To the start page</a></p>
</html>
`;
  return { status, body, type: 'text/html', policy };
}
