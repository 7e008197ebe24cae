/** The sums by which a zip archive knows its files, which the unpacker does not compare. */

/** CRC-32 as zip has it: polynomial 0xedb88320, bits reversed. */
export function crc32(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 0xff]!;
  return (sum ^ 0xffffffff) >>> 0;
}

const [endOfDirectory, directoryEntry] = [0x06054b50, 0x02014b50];
const endLength = 22;

/**
 * The sum of each file as the directory at the end of an archive has it, by path (names that are not UTF-8 letter by
 * letter, as the unpacker has them). Source: PKWARE, APPNOTE.TXT, 4.3.12
 * and 4.3.16.
 */
export function checksums(archive: Uint8Array): Map<string, number> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - endLength;
  while (end > 0 && view.getUint32(end, true) !== endOfDirectory) end--;
  const sums = new Map<string, number>();
  let at = directoryStart(view, end);
  while (at + 46 <= end && view.getUint32(at, true) === directoryEntry) {
    const length = view.getUint16(at + 28, true);
    const letters = archive.subarray(at + 46, at + 46 + length);
    const isUtf8 = (view.getUint16(at + 8, true) & 0x800) !== 0;
    const path = isUtf8 ? new TextDecoder().decode(letters) : String.fromCharCode(...letters);
    sums.set(path, view.getUint32(at + 16, true));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return sums;
}

/** Large archives have the place of the directory in a record of their own before the end (zip64, 4.3.14 and 4.3.15). */
function directoryStart(view: DataView, end: number): number {
  const start = view.getUint32(end + 16, true);
  if (start !== 0xffffffff || end < 20) return start;
  const record = Number(view.getBigUint64(end - 12, true));
  return Number(view.getBigUint64(record + 48, true));
}
