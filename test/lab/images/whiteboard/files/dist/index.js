// As the official server: WebSocket only, the older protocol too, and whoever comes to a full board is told so.
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const limit = Number(process.env.USER_LIMIT) || Number.POSITIVE_INFINITY;
const server = createServer((_, response) => response.end('up'));
const boards = new Server(server, { transports: ['websocket'], allowEIO3: true });

boards.on('connection', (person) => {
  person.emit('init-room');
  person.on('join-room', async (board) => {
    const others = await boards.in(board).fetchSockets();
    if (others.length >= limit) return person.emit('room-full');
    await person.join(board);
    person.emit(others.length === 0 ? 'first-in-room' : 'joined');
    person.to(board).emit('new-user', person.id);
  });
  person.on('server-broadcast', (board, drawn) => person.to(board).emit('client-broadcast', drawn));
});

server.listen(Number(process.env.PORT) || 80);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit());
