// ws.mjs PORT BYTES: whoever connects with ?room=watched gets every event; the others wait.
import { WebSocketServer } from 'ws';
import { eventOf, serve } from './fanout.mjs';

const [port, bytes] = process.argv.slice(2).map(Number);
const watched = new Set();
const event = eventOf(bytes);
const server = serve(port, () => {
  // Made once for all, as its documentation advises for broadcasts.
  const text = Buffer.from(JSON.stringify(event));
  for (const each of watched) each.send(text, { binary: false });
});
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
  socket.send('hello');
  if (!request.url.includes('room=watched')) return;
  watched.add(socket);
  socket.on('close', () => watched.delete(socket));
});
