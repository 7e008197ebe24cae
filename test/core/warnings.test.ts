import { afterEach, describe, expect, it, vi } from 'vitest';
import { resetWarnings, setWarnings, warnOnce } from '../../src/core/warnings.js';

afterEach(() => {
  setWarnings(true);
  resetWarnings();
});

describe('warnings', () => {
  it('are said once for each key, until reset', () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    warnOnce('nan', 'row 3 has NaN');
    warnOnce('nan', 'row 3 has NaN');
    warnOnce('units', 'softmax of one unit');
    expect(said).toEqual(['row 3 has NaN', 'softmax of one unit']);
    resetWarnings();
    warnOnce('nan', 'row 3 has NaN');
    expect(said).toHaveLength(3);
  });

  it('go to the console unless told otherwise, and nowhere when switched off', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    setWarnings(false);
    warnOnce('a', 'silence');
    expect(warn).not.toHaveBeenCalled();
    setWarnings(true);
    warnOnce('b', 'row 3 has NaN');
    expect(warn).toHaveBeenCalledWith('myelin: row 3 has NaN');
    warn.mockRestore();
  });
});
