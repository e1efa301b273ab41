import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { guardSize } from '../../../../src/progress/unpack/size-guard.js';
import { unpack } from '../../../../src/progress/unpack/unpack.js';
import { UnpackFault } from '../../../../src/progress/unpack/unpack-fault.js';

/** Unpacks bytes that come in chunks of so many. */
async function unpacked(bytes: Buffer, chunkBytes = 1_000) {
  const packings: string[] = [];
  const parts: Buffer[] = [];
  let fault: UnpackFault | undefined;
  try {
    for await (const chunk of unpack(chunksOf(bytes, chunkBytes), (one) => packings.push(one))) {
      parts.push(Buffer.from(chunk));
    }
  } catch (error) {
    if (!(error instanceof UnpackFault)) throw error;
    fault = error;
  }
  return { packings, text: Buffer.concat(parts).toString('utf8'), fault: fault?.reason };
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function lz4Block(method: number, body: Buffer, fullSize: number): Buffer {
  const head = Buffer.alloc(21);
  head.write('LZ4Block');
  head.writeUInt8(method | 5, 8);
  head.writeUInt32LE(body.length, 9);
  head.writeUInt32LE(fullSize, 13);
  return Buffer.concat([head, body]);
}

function snappy(...chunks: readonly Buffer[]): Buffer {
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const sized = chunks.flatMap((chunk) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(chunk.length);
    return [size, chunk];
  });
  return Buffer.concat([head, ...sized]);
}

/** A frame with one raw block, as small as they come. */
function zstdFrame(text: string, { last = true } = {}): Buffer {
  const block = Buffer.alloc(3);
  block.writeUIntLE((text.length << 3) | (last ? 1 : 0), 0, 3);
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00]),
    block,
    Buffer.from(text),
  ]);
}

describe('unpack', () => {
  it('passes on what is not packed', async () => {
    expect(await unpacked(Buffer.from('plain\ntext'), 3)).to.deep.equal({
      packings: [],
      text: 'plain\ntext',
      fault: undefined,
    });
    expect(await unpacked(Buffer.alloc(0))).to.deep.include({ text: '', fault: undefined });
  });

  it('reads gzip, its members one after the other, and text in UTF-16', async () => {
    const packed = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]);
    expect(await unpacked(packed, 7)).to.deep.include({ packings: ['gzip'], text: 'one\ntwo\n' });
    const windows = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ü = 1\n', 'utf16le')]);
    expect(await unpacked(windows, 3)).to.deep.include({ packings: ['utf-16'], text: 'ü = 1\n' });
  });

  it('yields what came before the torn end of a gzip', async () => {
    const text = Array.from({ length: 5_000 }, (_, line) => `line ${String(line * 7919)}\n`).join(
      '',
    );
    const packed = gzipSync(text);
    const found = await unpacked(packed.subarray(0, packed.length / 2));
    expect(found.fault).to.equal('packed-torn');
    expect(text.startsWith(found.text)).to.equal(true);
    expect(found.text.length).to.be.greaterThan(text.length / 3);
  });

  it('reads every frame of zstd, also those that hold nothing or no data', async () => {
    const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
    const packed = Buffer.concat([
      zstdFrame('one\n'),
      zstdFrame(''),
      skippable,
      zstdFrame('two\n'),
      zstdFrame('three\n'),
    ]);
    for (const chunkBytes of [1, 7, 1_000]) {
      const found = await unpacked(packed, chunkBytes);
      expect(found).to.deep.equal({
        packings: ['zstd'],
        text: 'one\ntwo\nthree\n',
        fault: undefined,
      });
    }
  });

  it('reads the blocks of lz4-java, over the empty one that ends a stream', async () => {
    // A literal of 5, then a copy of 12 from 4 before, then 5 literals at the end.
    const body = Buffer.from([0x58, 97, 98, 99, 100, 10, 5, 0, 0x50, 118, 119, 120, 121, 10]);
    const packed = Buffer.concat([
      lz4Block(0x20, body, 22),
      lz4Block(0x10, Buffer.alloc(0), 0),
      lz4Block(0x10, Buffer.from('raw\n'), 4),
    ]);
    expect(await unpacked(packed, 5)).to.deep.equal({
      packings: ['lz4'],
      text: 'abcd\nabcd\nabcd\nabvwxy\nraw\n',
      fault: undefined,
    });
  });

  it('reads the chunks of snappy-java, with a header between them', async () => {
    // Length 12; a literal of 4; a copy of 8 from 4 before.
    const chunk = Buffer.from([12, 3 << 2, 97, 98, 99, 10, ((8 - 4) << 2) | 1, 4]);
    const packed = Buffer.concat([snappy(chunk), snappy(Buffer.from([2, 1 << 2, 122, 10]))]);
    expect(await unpacked(packed, 5)).to.deep.equal({
      packings: ['snappy'],
      text: 'abc\nabc\nabc\nz\n',
      fault: undefined,
    });
  });

  it('unpacks what was packed twice, but not without end', async () => {
    const twice = gzipSync(zstdFrame('deep\n'));
    expect(await unpacked(twice)).to.deep.include({ packings: ['gzip', 'zstd'], text: 'deep\n' });
    let bomb = gzipSync('x');
    for (let layer = 0; layer < 5; layer += 1) bomb = gzipSync(bomb);
    expect((await unpacked(bomb)).fault).to.equal('packed-bomb');
  });

  it('tells a torn end from damage, and yields what came before', async () => {
    const whole = [
      [zstdFrame('one\n'), zstdFrame('two\n')],
      [lz4Block(0x10, Buffer.from('one\n'), 4), lz4Block(0x10, Buffer.from('two\n'), 4)],
      [snappy(Buffer.from([4, 3 << 2, 111, 110, 101, 10])), snappy(Buffer.from([1, 0, 122]))],
    ] as const;
    for (const [one, two] of whole) {
      for (let cut = 1; cut < two.length; cut += 1) {
        const torn = await unpacked(Buffer.concat([one, two.subarray(0, cut)]));
        expect(torn.text.startsWith('one\n')).to.equal(true);
        if (torn.fault !== undefined) expect(torn.fault).to.equal('packed-torn');
        else expect(cut, 'between the header of snappy-java and its first chunk').to.equal(16);
      }
    }
    const damaged = Buffer.concat([lz4Block(0x10, Buffer.from('one\n'), 4), Buffer.alloc(40, 7)]);
    expect(await unpacked(damaged)).to.deep.include({ text: 'one\n', fault: 'packed-damaged' });
  });

  it('refuses a frame that asks for more memory than any log needs', async () => {
    const greedy = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf0, 1, 0, 0]);
    expect((await unpacked(greedy)).fault).to.equal('packed-bomb');
  });

  it('stops where something expands beyond all measure', async () => {
    const megabyte = Buffer.alloc(2 ** 20);
    const endless = async function* () {
      for (;;) {
        await Promise.resolve();
        yield megabyte;
      }
    };
    let size = 0;
    const read = async () => {
      for await (const chunk of guardSize(endless(), () => 1_000)) size += chunk.length;
    };
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UnpackFault).with.property('reason', 'packed-bomb');
    expect(size).to.equal(2 ** 30);
  });

  it('names what it does not unpack', async () => {
    for (const magic of ['BZh91AY', '\xfd7zXZ\0', '\x04"M\x18abcd']) {
      const found = await unpacked(Buffer.from(magic, 'latin1'));
      expect(found.fault).to.equal('packed-unknown');
    }
  });
});
