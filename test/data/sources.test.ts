import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type ByteSource, contentOf, type PartSource, partsOf } from '../../src/data/sources.js';

const bytes = new TextEncoder().encode('some text');
const join = async (source: ByteSource | PartSource) => {
  const { name, parts } = partsOf('test', source, 'CSV');
  let all = '';
  for await (const part of parts) all += typeof part === 'string' ? part : new TextDecoder().decode(part);
  return [name, all];
};

async function* generated() {
  yield 'some ';
  yield new TextEncoder().encode('text');
}

/** Answers from this machine, for as long as `body` runs. */
async function served<T>(body: (address: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/ages.csv' ? 200 : 404;
    response.end(request.url === '/ages.csv' ? 'some text' : 'no');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

test('bytes, Blobs, files and streams give the same', async () => {
  const sources: [ByteSource | PartSource, string][] = [
    [bytes, 'CSV'],
    [bytes.slice().buffer, 'CSV'],
    [new Blob(['some text']), 'CSV'],
    [new File(['some text'], 'ages.csv'), 'ages.csv'],
    [new Blob(['some text']).stream(), 'CSV'],
    [generated(), 'CSV'],
    [['some ', 'text'], 'CSV'],
    ['data:text/plain,some%20text', 'plain,some text'],
  ];
  for (const [source, name] of sources) expect(await join(source)).toEqual([name, 'some text']);
  const { name, bytes: content } = await contentOf('test', new File([bytes], 'a.npy'), 'npy');
  expect([name, new TextDecoder().decode(content)]).toEqual(['a.npy', 'some text']);
});

test('an address is fetched, and an answer that is none is an error', async () => {
  await served(async (address) => {
    expect(await join(`${address}/ages.csv`)).toEqual(['ages.csv', 'some text']);
    expect((await contentOf('test', new URL(`${address}/ages.csv`), 'npy')).bytes).toEqual(bytes);
    await expect(join(`${address}/wages.csv`)).rejects.toThrow(
      `test expected a file that can be fetched from '${address}/wages.csv', received the answer 404 Not Found.`,
    );
  });
});

test('a network that does not answer is an error that says what to do', async () => {
  const closed = await served(async (address) => address);
  await expect(join(`${closed}/ages.csv`)).rejects.toMatchObject({
    code: 'missing-file',
    fix: 'Check the address and the network, or fetch the file yourself and give its path.',
  });
});

test.each([[5], [null], [''], [{}]])('%j is no source', async (source) => {
  await expect(contentOf('readNpy', source as never, 'npy')).rejects.toThrow(
    /^readNpy expected a path, an address/,
  );
});

test('a stream whose reader stops early is told so', async () => {
  let isCancelled = false;
  const stream = new ReadableStream<string>({
    pull: (controller) => controller.enqueue('more'),
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const part of partsOf('test', stream, 'CSV').parts) if (part) break;
  expect(isCancelled).toBe(true);
});
