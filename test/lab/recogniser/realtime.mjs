// Somebody who turns speech into text over OpenAI's Realtime API, for whoever has the key: node realtime.mjs ADDRESS PORT KEY
import { WebSocketServer } from 'ws';

const [address, port, key] = process.argv.slice(2);
const wanted = `openai-insecure-api-key.${key}`;

const server = new WebSocketServer({
  host: address,
  port: Number(port),
  verifyClient: ({ req }) => String(req.headers['sec-websocket-protocol']).includes(wanted),
  handleProtocols: () => 'realtime',
});
server.on('connection', (asked, { url }) => {
  let configured = false;
  asked.on('message', (data) => {
    const { type, audio } = JSON.parse(String(data));
    if (type === 'session.update') configured = true;
    if (type !== 'input_audio_buffer.append' || !configured) return;
    const transcript = `heard ${Buffer.from(audio, 'base64')} at ${url}`;
    const told = { type: 'conversation.item.input_audio_transcription.completed', transcript };
    asked.send(JSON.stringify(told));
  });
});
