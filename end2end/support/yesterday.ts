/** A panel that was another release yesterday: its pages named other files, which browsers keep for ever. */

import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Yesterday {
  origin: string;
  /** From now on the panel answers as it is. */
  upgrade: () => void;
  /** Which of yesterday's files were asked for, and whether today. */
  asked: { file: string; today: boolean }[];
  end: () => Promise<void>;
}

const names = /(\/pkg\/[\w-]+\.)[0-9a-f]{16}(\.(?:js|wasm))/g;
const old = '0123456789abcdef';
/** A program that only says whose it is, and the smallest wasm there is. */
const files = {
  js: "export default async () => {}; export const hydrate = () => { document.documentElement.dataset.release = 'yesterday'; };",
  wasm: Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
};
const types = { js: 'text/javascript', wasm: 'application/wasm' };

export async function yesterdays(target: string): Promise<Yesterday> {
  const { host, hostname, port, origin } = new URL(target);
  const asked: Yesterday['asked'] = [];
  let today = false;
  const server = createServer((incoming, answer) => {
    const file = incoming.url ?? '/';
    const kind = file.endsWith('.wasm') ? 'wasm' : 'js';
    if (file.includes(old)) {
      asked.push({ file: kind, today });
      if (!today) {
        answer.writeHead(200, { 'content-type': types[kind], 'cache-control': 'public, max-age=31536000, immutable' }).end(files[kind]);
        return;
      }
    }
    const headers = { ...incoming.headers, host };
    if (headers.origin) headers.origin = origin;
    if (!today) headers['accept-encoding'] = 'identity';
    const forward = request({ hostname, port, path: file, method: incoming.method, headers }, (given) => {
      if (today || !given.headers['content-type']?.startsWith('text/html')) {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        answer.on('close', () => forward.destroy());
        return;
      }
      const pieces: Buffer[] = [];
      given.on('data', (piece: Buffer) => pieces.push(piece));
      given.on('end', () => {
        // As long as it was: names have the same length.
        answer.writeHead(given.statusCode ?? 502, given.headers).end(Buffer.concat(pieces).toString().replace(names, `$1${old}$2`));
      });
    });
    forward.on('error', () => answer.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${at.port}`,
    upgrade: () => (today = true),
    asked,
    end: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
