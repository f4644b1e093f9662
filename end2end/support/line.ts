/** A line between browser and panel that breaks, or on which somebody changes what is said. */

import { type IncomingHttpHeaders, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Line {
  /** Where a browser finds the panel at the other end. */
  origin: string;
  /** How often a stream was cut so far. */
  cuts: () => number;
  /** After which number of the log each stream was asked for, in order. */
  asked: () => number[];
  end: () => Promise<void>;
}

interface Trouble {
  /** Every stream is cut each so many milliseconds. */
  cutEvery?: number;
  /** What becomes of the headers of an answer. */
  change?: (headers: IncomingHttpHeaders) => void;
  /** Where it is entered; anywhere, unless told. */
  port?: number;
  /** Goes along with every request, beside the cookies that the browser has itself. */
  cookie?: string;
}

export async function lineTo(target: string, { cutEvery, change, cookie, port: entrance = 0 }: Trouble): Promise<Line> {
  const { host, hostname, port, origin } = new URL(target);
  const streams = new Set<ServerResponse>();
  const places: number[] = [];
  let cuts = 0;
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host };
    if (headers.origin) headers.origin = origin;
    if (cookie) headers.cookie = headers.cookie ? `${headers.cookie}; ${cookie}` : cookie;
    if (asked.url?.startsWith('/live')) {
      const place = asked.headers['last-event-id']?.toString() ?? new URL(asked.url, origin).searchParams.get('after');
      places.push(Number(place?.split('-').pop()));
    }
    const forward = request({ hostname, port, path: asked.url, method: asked.method, headers }, (given) => {
      change?.(given.headers);
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
      if (asked.url?.startsWith('/live')) {
        streams.add(answer);
        answer.on('close', () => {
          streams.delete(answer);
          forward.destroy();
        });
      }
    });
    forward.on('error', () => answer.destroy());
    asked.pipe(forward);
  });
  await new Promise<void>((done) => server.listen(entrance, '127.0.0.1', done));
  const cut = () => {
    cuts += streams.size;
    for (const stream of streams) stream.destroy();
  };
  const timer = cutEvery ? setInterval(cut, cutEvery) : undefined;
  const at = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${at.port}`,
    cuts: () => cuts,
    asked: () => places,
    end: async () => {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
