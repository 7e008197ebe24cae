/** What is kept of downloads, and what is not, however they end. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import files from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { setWarnings } from '../../../src/core/warnings.js';
import { emptyFolder, forPictures, host, inPart, kept, load, packed, trainImages, unpacked } from './host.js';

const pictures = unpacked.get(trainImages)!.subarray(16);
const everything = [...packed.keys()].toSorted();

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  setWarnings(true);
});

test('`download: false` asks no network: it loads what is kept, else names what is missing', async () => {
  const cache = emptyFolder();
  const { url, requests } = await host();
  await expect(load([url], { cache, download: false })).rejects.toMatchObject({
    code: 'missing-file',
    expected: `${trainImages} in the cache`,
    fix: expect.stringMatching(/`download`.*`directory`/),
  });
  expect(requests).toEqual([]);
  await load([url], { cache });
  const { source } = await load([], { cache, download: false });
  expect(source).toContain('kept from a download');
});

describe('the place', () => {
  test('is below MYELIN_CACHE_DIR unless an option names another', async () => {
    const [named, other] = [emptyFolder(), emptyFolder()];
    vi.stubEnv('MYELIN_CACHE_DIR', named);
    const { url } = await host();
    const { source } = await load([url], {});
    expect(source).toContain(`kept in the folder '${join(named, 'datasets', 'fashion-mnist')}'`);
    expect(readdirSync(join(named, 'datasets', 'fashion-mnist')).toSorted()).toEqual(everything);
    await load([url], { cache: relative('.', other) });
    expect(kept(other)).toEqual(everything);
  });

  test('belongs to the user alone', async () => {
    const cache = join(emptyFolder(), 'new');
    const { url } = await host();
    await load([url], { cache });
    expect(statSync(cache).mode & 0o077).toBe(0);
    expect(statSync(join(cache, 'fashion-mnist')).mode & 0o077).toBe(0);
  });

  test('that is a file is told of, with the ways out', async () => {
    const cache = join(emptyFolder(), 'file');
    writeFileSync(cache, '');
    const { url, requests } = await host();
    await expect(load([url], { cache })).rejects.toMatchObject({
      name: 'DataError',
      code: 'download-failed',
      expected: `to keep downloads in the folder '${join(cache, 'fashion-mnist')}'`,
      received: expect.stringContaining('ENOTDIR'),
      fix: expect.stringMatching(/`cache`.*MYELIN_CACHE_DIR.*`cache: false`.*`directory`/),
    });
    expect(requests).toEqual([]);
  });

  test('that does not exist for a user without a home is told of', async () => {
    for (const name of ['MYELIN_CACHE_DIR', 'XDG_CACHE_HOME', 'HOME']) vi.stubEnv(name, '');
    await expect(load([], {})).rejects.toThrow('a place to keep downloads, received no home directory');
  });
});

describe('a kept file', () => {
  test('that was damaged is downloaded again, and that is said', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    await load([url], { cache });
    const path = join(cache, 'fashion-mnist', trainImages);
    writeFileSync(path, readFileSync(path).subarray(0, 1000));
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    const { x } = await load([url], { cache });
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(said).toEqual([
      expect.stringMatching(
        /train-images.* was damaged \(1000 bytes with md5 .*\), so it is downloaded again/,
      ),
    ]);
    expect(requests.length).toBe(5);
  });

  test('that was damaged is no more, when it cannot be downloaded again', async () => {
    const cache = emptyFolder();
    mkdirSync(join(cache, 'fashion-mnist'));
    writeFileSync(join(cache, 'fashion-mnist', trainImages), 'half');
    setWarnings(false);
    await expect(load(['http://127.0.0.1:1'], { cache, retries: 0 })).rejects.toThrow(
      'to download train-images',
    );
    expect(kept(cache)).toEqual([]);
  });
});

describe('a full disk', () => {
  const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

  test.each([1, 2])('at write %i leaves nothing, and the message says what to do', async (write) => {
    const { url } = await host(forPictures((answer) => inPart(answer, 1000, '"one"')));
    const cache = emptyFolder();
    const { appendFile } = files;
    let writes = 0;
    vi.spyOn(files, 'appendFile').mockImplementation(async (...args) => {
      if (++writes === write) throw full();
      return appendFile(...args);
    });
    const loading = load([url], { cache, retries: 1 });
    await expect(loading).rejects.toThrow(
      `to keep downloads in the folder '${cache}/fashion-mnist', received ENOSPC: no space left on device, write.`,
    );
    await expect(loading).rejects.toThrow(/`cache: false`.*`directory`, a folder with the files/);
    expect(kept(cache)).toEqual([]);
  });

  test('when the whole file gets its place leaves nothing either', async () => {
    const { url } = await host();
    const cache = emptyFolder();
    vi.spyOn(files, 'rename').mockRejectedValue(full());
    await expect(load([url], { cache })).rejects.toThrow('ENOSPC');
    expect(kept(cache)).toEqual([]);
  });
});

describe('a signal', () => {
  test('ends a download with its reason, and the next one continues it', async () => {
    const { url, requests } = await host(
      forPictures(({ response, bytes, earlier }) => {
        response.setHeader('ETag', '"one"');
        if (earlier > 0) {
          const range = `bytes 1000-${bytes.length - 1}/${bytes.length}`;
          response.writeHead(206, { 'Content-Range': range }).end(bytes.subarray(1000));
          return;
        }
        response.writeHead(200, { 'Content-Length': bytes.length });
        response.write(bytes.subarray(0, 1000));
      }),
    );
    const cache = emptyFolder();
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => controller.abort(reason);
    await expect(load([url], { cache, signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(kept(cache)).toEqual([`${trainImages}.partial`]);
    const { x } = await load([url], { cache });
    expect(requests[1]).toBe(`${trainImages} bytes=1000-`);
    expect(Buffer.from(x.data() as Uint8Array).equals(pictures)).toBe(true);
    expect(kept(cache)).toEqual(everything);
  });

  test('that is aborted already ends it before anything is asked', async () => {
    const { url, requests } = await host();
    const loading = load([url], { cache: emptyFolder(), signal: AbortSignal.abort('no') });
    await expect(loading).rejects.toBe('no');
    expect(requests).toEqual([]);
  });

  test('ends the wait between two attempts', async () => {
    const { pause } = await import('../../../src/datasets/download/download.js');
    const controller = new AbortController();
    const waiting = pause(1e6, controller.signal);
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    await expect(pause(1e6, AbortSignal.abort('before'))).rejects.toBe('before');
    await expect(pause(1, null)).resolves.toBeUndefined();
  });
});

test('what the function that is told of progress throws is not taken for a failure of the network', async () => {
  const { url, requests } = await host();
  const cache = emptyFolder();
  const mine = new Error('mine');
  const onProgress = () => {
    throw mine;
  };
  await expect(load([url], { cache, onProgress })).rejects.toBe(mine);
  expect(requests.length).toBe(1);
});

describe('what another process has left', () => {
  const bytes = packed.get(trainImages)!;

  /** A folder as a process leaves it that is killed during a download. */
  function leave(cache: string, owner: string, url: string, content = bytes.subarray(0, 1000)): string {
    const folder = join(cache, 'fashion-mnist', `${trainImages}.partial${owner}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'content'), content);
    const origin = { url: `${url}/${trainImages}`, validator: '"one"', total: bytes.length };
    writeFileSync(join(folder, 'origin.json'), JSON.stringify(origin));
    return folder;
  }
  const ended = () => spawnSync(process.execPath, ['-e', '']).pid;

  test('is continued when it has ended, and of several one', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    leave(cache, `-${ended()}-one`, url);
    leave(cache, '', url);
    await load([url], { cache });
    expect(requests[0]).toBe(`${trainImages} bytes=1000-`);
    expect(kept(cache)).toEqual(everything);
  });

  test('is left alone while it runs', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    const folder = leave(cache, `-${process.pid}-one`, url);
    await load([url], { cache });
    expect(requests[0]).toBe(trainImages);
    expect(existsSync(folder)).toBe(true);
  });

  test('needs no request when it is all there', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    leave(cache, '', url, bytes);
    await load([url], { cache });
    expect(requests).not.toContain(trainImages);
    expect(kept(cache)).toEqual(everything);
  });

  test('is of no use without its origin', async () => {
    const { url, requests } = await host();
    const cache = emptyFolder();
    writeFileSync(join(leave(cache, '', url), 'origin.json'), '{"url');
    await load([url], { cache });
    expect(requests[0]).toBe(trainImages);
    expect(kept(cache)).toEqual(everything);
  });
});

const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('Skipped: root may write to any folder, so that none can be forbidden.');

test.skipIf(isRoot)('a folder that may not be written to is told of', async () => {
  const cache = emptyFolder();
  chmodSync(cache, 0o500);
  const { url } = await host();
  await expect(load([url], { cache })).rejects.toThrow('EACCES');
});
