import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createInflateRaw } from 'node:zlib';
import { Problem } from '@credit/contracts';

const endRecord = 0x06054b50;
const centralRecord = 0x02014b50;
const localRecord = 0x04034b50;
const largestUnpacked = 200 * 1024 * 1024;
const mostEntries = 2_000;
const chunkSize = 256 * 1024;
const stored = 0;
const deflated = 8;

interface Part {
  readonly method: number;
  readonly from: number;
  readonly packed: number;
  readonly unpacked: number;
}

const broken = (): Problem => new Problem('import.not-a-workbook');

/** 压缩包 — the parts of a workbook, each unpacked as a stream and only when asked for; nothing is written to a disk. */
export class ZipArchive {
  private constructor(
    private readonly bytes: Buffer,
    private readonly parts: ReadonlyMap<string, Part>,
    /** What the parts together say they unpack to, in bytes. */
    readonly unpacked: number,
  ) {}

  /** Reads the directory at the end; a bomb is refused by what it says here, `import.too-large`, before anything is unpacked. */
  static open(bytes: Buffer): ZipArchive {
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endRecord) throw broken();
    const entries = bytes.readUInt16LE(end + 10);
    const parts = new Map<string, Part>();
    let at = bytes.readUInt32LE(end + 16);
    let unpacked = 0;
    for (let entry = 0; entry < entries; entry += 1) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralRecord) throw broken();
      const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
      const name = bytes.toString('utf8', at + 46, nameEnd);
      parts.set(name, { method: bytes.readUInt16LE(at + 10), from: bytes.readUInt32LE(at + 42), packed: bytes.readUInt32LE(at + 20), unpacked: bytes.readUInt32LE(at + 24) });
      unpacked += bytes.readUInt32LE(at + 24);
      at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    if (entries > mostEntries || unpacked > largestUnpacked) throw new Problem('import.too-large', { unpacked, limit: largestUnpacked });
    return new ZipArchive(bytes, parts, unpacked);
  }

  has(name: string): boolean {
    return this.parts.has(name);
  }

  /** The text of a part, piece by piece; one that unpacks to more than its directory says is refused on the spot. */
  async *text(name: string): AsyncGenerator<string> {
    const part = this.parts.get(name);
    if (!part) throw broken();
    const decoder = new StringDecoder('utf8');
    let seen = 0;
    for await (const chunk of this.chunks(part)) {
      seen += chunk.length;
      if (seen > part.unpacked) throw new Problem('import.too-large', { unpacked: seen, limit: part.unpacked });
      yield decoder.write(chunk);
    }
    yield decoder.end();
  }

  private chunks({ method, from, packed }: Part): AsyncIterable<Buffer> {
    if (from + 30 > this.bytes.length || this.bytes.readUInt32LE(from) !== localRecord) throw broken();
    const start = from + 30 + this.bytes.readUInt16LE(from + 26) + this.bytes.readUInt16LE(from + 28);
    if (start + packed > this.bytes.length) throw broken();
    const data = Readable.from([this.bytes.subarray(start, start + packed)]);
    if (method === stored) return data as AsyncIterable<Buffer>;
    if (method !== deflated) throw broken();
    const inflate = createInflateRaw({ chunkSize });
    return data.pipe(inflate) as AsyncIterable<Buffer>;
  }
}
