// socket_io.mjs PORT BYTES: whoever connects with ?room=watched is in that room, and gets every event; the others wait.
import { Server } from 'socket.io';
import { eventOf, serve } from './fanout.mjs';

const [port, bytes] = process.argv.slice(2).map(Number);
const event = eventOf(bytes);
let io;
const server = serve(port, () => io.to('watched').emit('event', event));
io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) => {
  socket.join(socket.handshake.query.room);
  socket.emit('hello');
});
