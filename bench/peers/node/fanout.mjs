// What ws.mjs and socket_io.mjs share: an event as Pulse would send it, and a request that sends it to all.
import { createServer } from 'node:http';

/** An event of `bytes` bytes as JSON. */
export const eventOf = (bytes) => {
  const made = { cursor: '0000000000000000', event: { type: 'PostCreated', message: '' } };
  made.event.message = 'x'.repeat(Math.max(0, bytes - JSON.stringify(made).length));
  return made;
};

/** A server on `port` of this machine on which POST /emit calls `emit`. */
export const serve = (port, emit) => {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url !== '/emit') return response.writeHead(404).end();
    request.on('end', () => {
      emit();
      response.writeHead(201, { 'content-length': 0 }).end();
    });
  });
  server.listen({ port, host: '127.0.0.1', backlog: 4096 });
  return server;
};
