// What a lesson prints, as its page shows it: the same on each run, and no longer than a reader reads.

/** Lines that a page keeps of a long text, at its start and at its end. */
const kept = { first: 30, last: 40 };

const epochHeading = /^Epoch (\d+)\/\d+/;
const times = / - (?:\d+:)*\d+s? - \d+(?:us|ms|s)\/step/;

/** Without times, with the first and the last of many epochs, and with the middle left out where there is too much. */
export function shortened(text) {
  const lines = withoutEpochs(text.split('\n').map((line) => line.replace(times, '').trimEnd()));
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  if (lines.length <= kept.first + kept.last + 10) return lines.join('\n');
  return [...lines.slice(0, kept.first), '…', ...lines.slice(-kept.last)].join('\n');
}

/** An epoch is a heading and the line below it, or both in one line. A training begins where the number falls back. */
function withoutEpochs(lines) {
  const result = [];
  for (let i = 0; i < lines.length; ) {
    const epochs = [];
    for (; numberOf(lines[i]) > epochs.length; i += epochs.at(-1).length) {
      const isOneLine = lines[i].includes(' - ');
      epochs.push(lines.slice(i, i + (isOneLine ? 1 : 2)));
    }
    if (epochs.length > 3) result.push(...epochs[0], '…', ...epochs.at(-1));
    else result.push(...epochs.flat());
    if (epochs.length === 0) result.push(lines[i++]);
  }
  return result;
}

const numberOf = (line = '') => Number(epochHeading.exec(line)?.[1] ?? 0);
