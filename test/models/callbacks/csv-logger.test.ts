import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CSVLogger } from '../../../src/index.js';
import { line, quiet } from '../line.js';

/** Tells a logger of epochs with these logs. */
async function told(logger: CSVLogger, ...epochs: readonly object[]): Promise<string> {
  logger.onTrainBegin();
  for (const [epoch, logs] of epochs.entries()) await logger.onEpochEnd(epoch, logs as { loss: number });
  return logger.text;
}

describe('CSVLogger', () => {
  // The text that Keras writes for the same logs.
  test("writes Keras's text: sorted columns, those of a validation that may come, Python's numbers", async () => {
    const epochs = [
      { loss: 0.5, acc: 1, b: 1e-5, c: Number.NaN },
      { loss: 1e-7, acc: 12345678, x: 3, c: Number.POSITIVE_INFINITY },
    ];
    expect(await told(new CSVLogger(null, { separator: ';' }), ...epochs)).toBe(
      'epoch;acc;b;c;loss;val_acc;val_b;val_c;val_loss\r\n' +
        '0;1.0;1e-05;nan;0.5;NA;NA;NA;NA\r\n1;12345678.0;NA;inf;1e-07;NA;NA;NA;NA\r\n',
    );
  });

  test('begins anew with each training, or goes on under the same first line', async () => {
    const [fresh, kept] = [new CSVLogger(), new CSVLogger(null, { append: true })];
    const epoch = { loss: 1, val_loss: -2e16 };
    await told(fresh, epoch);
    await told(kept, epoch);
    expect(await told(fresh, epoch)).toBe('epoch,loss,val_loss\r\n0,1.0,-2e+16\r\n');
    expect(await told(kept, epoch)).toBe('epoch,loss,val_loss\r\n0,1.0,-2e+16\r\n0,1.0,-2e+16\r\n');
  });

  test('hands each line to a function, which is waited for', async () => {
    const lines: string[] = [];
    const write = async (text: string) => {
      await Promise.resolve();
      lines.push(text);
    };
    await told(new CSVLogger('nowhere/never.csv', { write }), { 'a,"b"': 2, val_loss: 1 });
    expect(lines).toEqual(['epoch,"a,""b""",val_loss\r\n', '0,2.0,1.0\r\n']);
  });

  test('writes a file as the training goes, and adds to one that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'csv-logger-'));
    const file = join(folder, 'log.csv');
    const callbacks = [new CSVLogger(file)];
    await line().fit([1], [1], { epochs: 2, callbacks, ...quiet });
    const first = readFileSync(file, 'utf8');
    expect(first).toBe(callbacks[0]!.text);
    expect(first.split('\r\n').map((row) => row.split(',').length)).toEqual([3, 3, 3, 1]);
    await line().fit([1], [1], { epochs: 1, callbacks: [new CSVLogger(file, { append: true })], ...quiet });
    expect(readFileSync(file, 'utf8')).toBe(`${first}${first.split('\r\n')[1]}\r\n`);
    rmSync(folder, { recursive: true });
  });
});
