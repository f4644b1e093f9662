/**
 * A static copy of a page: the same bytes under the same headers, from memory, of which nothing runs. What the panel's own page
 * takes longer than its copy is what the server and the program in the browser take.
 */

import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Copy {
  origin: string;
  end: () => Promise<void>;
}

const loads = /(<script type="module"[^>]*>)import init,\{hydrate\}from("[^"]+");(.*?)const program=.*?fetch\(("[^"]+")\).*?<\/script>/;

/** Whatever is asked for is asked of the panel once, and answered from memory. */
export async function copyOf(target: string): Promise<Copy> {
  const kept = new Map<string, Promise<Answer>>();
  const server = createServer(async (asked, answer) => {
    const path = asked.url ?? '/';
    if (!kept.has(path)) kept.set(path, ask(new URL(path, target), asked.headers));
    const { status, headers, body } = await kept.get(path)!;
    answer.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${at.port}`,
    end: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function ask(address: URL, asked: IncomingHttpHeaders): Promise<Answer> {
  const encodings = asked['accept-encoding'] ?? 'identity';
  const given = await new Promise<Answer>((resolve, reject) => {
    const sent = request(address, { headers: { host: address.host, 'accept-encoding': encodings } }, (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: Buffer.concat(pieces) }));
    });
    sent.on('error', reject).end();
  });
  delete given.headers['transfer-encoding'];
  return given.headers['content-type']?.startsWith('text/html') ? asleep(given) : given;
}

/** The script and the program are fetched when they ever were, and stay asleep. */
async function asleep({ status, headers, body }: Answer): Promise<Answer> {
  const encoding = headers['content-encoding'];
  const page = (await unpacked(body, encoding)).toString();
  const still = page.replace(loads, '$1fetch($2);$3fetch($4)}catch(e){}</script>');
  if (still === page) throw new Error('the page has no script that could be put to sleep');
  return { status, headers, body: await packed(Buffer.from(still), encoding) };
}

async function unpacked(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'br') return promisify(brotliDecompress)(body);
  return encoding === 'gzip' ? promisify(gunzip)(body) : body;
}

/** As the panel does it for pages: fast rather than small. */
async function packed(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'br') {
    const compress: (body: Buffer, options: object) => Promise<Buffer> = promisify(brotliCompress);
    return compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  }
  return encoding === 'gzip' ? promisify(gzip)(body) : body;
}
