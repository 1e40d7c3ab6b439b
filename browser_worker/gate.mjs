// The one way out of the browser: a proxy in this process. It leads to LinkedIn's site alone, and lets a connection be
// used anew only as long as nothing hangs on it: a browser that loses a used connection sends a request by itself once
// more, whatever became of the first.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { isOfSite } from './egress.mjs';

const close = (socket) => socket.destroy();

export class Gate {
  constructor(base_url) {
    this.base_url = base_url;
    this.inward = new Set(); // the browser's connections
    this.server = createServer((asked, answer) => this.pass(asked, answer));
    this.server.on('connection', (socket) => {
      this.inward.add(socket);
      socket.on('close', () => this.inward.delete(socket));
      socket.on('error', close);
    });
    this.server.on('connect', (asked, socket) => this.tunnel(asked, socket));
    this.server.on('upgrade', (_, socket) => socket.destroy());
    this.server.keepAliveTimeout = 0;
  }

  /** The port on which it listens, for this machine alone. */
  open() {
    return new Promise((resolve, refuse) => {
      this.server.on('error', refuse);
      this.server.listen(0, '127.0.0.1', () => resolve(this.server.address().port));
    });
  }

  /** What is sent next goes over connections that were used for nothing before. */
  renew() {
    for (const socket of this.inward) socket.destroy();
  }

  /** https: the browser speaks with the site itself, and nobody in between reads it. */
  tunnel(asked, socket) {
    if (!isOfSite(`https://${asked.url}/`, this.base_url)) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const { hostname, port } = new URL(`https://${asked.url}/`);
    const out = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: port || 443 }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(out).pipe(socket);
    });
    for (const [one, other] of [[socket, out], [out, socket]]) one.on('error', close).on('close', () => other.destroy());
  }

  /** http, which only the sandbox speaks. */
  pass(asked, answer) {
    if (!isOfSite(asked.url, this.base_url)) return answer.writeHead(403).end();
    const { 'proxy-connection': _, ...headers } = asked.headers;
    const out = request(asked.url, { method: asked.method, headers, agent: false }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    out.on('error', () => asked.socket.destroy());
    answer.on('close', () => out.destroy());
    asked.pipe(out);
  }
}
