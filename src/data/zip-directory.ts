/** What a zip archive says of its files, which the unpacker does not compare with what is there. */

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

/** What the directory at the end of an archive says of a file. */
export interface ZipEntry {
  /** Names that are not UTF-8 letter by letter, as the unpacker has them. */
  readonly path: string;
  readonly sum: number;
  /** How it is packed: 0 as it is, 8 deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Whether the file itself has the same name before it. */
  readonly isNamedAlike: boolean;
}

const [endOfDirectory, directoryEntry] = [0x06054b50, 0x02014b50];
const endLength = 22;

/** The entries of an archive's directory, up to what is none. Source: PKWARE, APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16. */
export function zipEntries(archive: Uint8Array): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - endLength;
  while (end > 0 && view.getUint32(end, true) !== endOfDirectory) end--;
  const entries: ZipEntry[] = [];
  let at = directoryStart(view, end);
  while (at + 46 <= end && view.getUint32(at, true) === directoryEntry) {
    const length = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const start = view.getUint32(at + 42, true);
    const [path, own] = [nameOf(archive, at + 46, length, flags), nameOf(archive, start + 30, length, flags)];
    // Beyond 4 gigabytes the place stands elsewhere.
    const isNear = start !== 0xffffffff;
    entries.push({
      path,
      sum: view.getUint32(at + 16, true),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & 1) !== 0,
      isNamedAlike: !isNear || (path === own && view.getUint16(start + 26, true) === length),
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function nameOf(archive: Uint8Array, at: number, length: number, flags: number): string {
  const letters = archive.subarray(at, at + length);
  return (flags & 0x800) !== 0 ? new TextDecoder().decode(letters) : String.fromCharCode(...letters);
}

/** Large archives have the place of the directory in a record of their own before the end (zip64, 4.3.14 and 4.3.15). */
function directoryStart(view: DataView, end: number): number {
  const start = view.getUint32(end + 16, true);
  if (start !== 0xffffffff || end < 20) return start;
  const record = Number(view.getBigUint64(end - 12, true));
  return Number(view.getBigUint64(record + 48, true));
}
