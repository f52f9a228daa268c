import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { codeOf, filesOf, formOf, openFiles } from '../../test/open-files.ts';

/** A chunk of a PNG: length, kind, content and CRC (RFC 2083, 3.2). */
function chunk(kind: string, content: Buffer): Buffer {
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  crc.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, crc]);
}

/** One bit a pixel, all black: some kilobytes that unpack to width × height. */
function png(width: number, height: number, rows = height, extra: Buffer = Buffer.alloc(0)): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', head), extra, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]),
  );
}

/** The head of a GIF whose screen is as large as one can be, and 50 frames of one pixel. */
function gif(): Uint8Array<ArrayBuffer> {
  const head = Buffer.from('GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const frame = Buffer.from('\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0', 'latin1');
  return new Uint8Array(
    Buffer.concat([head, ...Array.from({ length: 50 }, () => frame), Buffer.from('\x3b', 'latin1')]),
  );
}

describe('pictures from strangers', () => {
  test('A096 what would unpack to too much is refused before it is unpacked', async (t) => {
    const { byAgent, rows } = await openFiles(t);
    const text = Buffer.concat([Buffer.from('note\0\0', 'latin1'), deflateSync(Buffer.alloc(50_000_000, 97))]);
    const bombs = {
      'large.png': png(30_000, 30_000),
      'lie.png': png(65_535, 65_535, 10),
      'frames.gif': gif(),
    };
    for (const [name, bytes] of Object.entries(bombs)) {
      const answer = await byAgent(formOf({ [name]: bytes }));
      expect([name, answer.status, await codeOf(answer)]).toEqual([name, 415, 'file_refused']);
    }
    // What it says beside the pixels is not read at all: the picture is taken, and the text is not.
    const [note] = await filesOf(await byAgent(formOf({ 'note.png': png(8, 8, 8, chunk('zTXt', text)) })));
    expect(note?.bytes).toBeLessThan(1000);
    expect(await rows()).toHaveLength(1);
  });

  test('A098 the other side gets a picture upright, without where and by whom it was taken', async (t) => {
    const { sent, openAsVisitor } = await openFiles(t);
    const tagged = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#067' } })
      .jpeg()
      .withExif({
        IFD0: { Artist: 'ANONYMOUS-CANARY', Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 22/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 53/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(tagged).metadata()).exif).toBeDefined();
    const { id, width, height } = await sent(formOf({ 'photo.jpg': new Uint8Array(tagged) }));
    expect([width, height]).toEqual([40, 60]);
    for (const path of ['', '/thumbnail']) {
      const bytes = Buffer.from(await (await openAsVisitor(id, path)).arrayBuffer());
      const { exif, xmp, iptc, orientation = 1 } = await sharp(bytes).metadata();
      expect([path, exif, xmp, iptc, orientation]).toEqual([path, undefined, undefined, undefined, 1]);
      expect(bytes.includes('CANARY')).toBe(false);
    }
    const text = chunk('tEXt', Buffer.from('Author\0ANONYMOUS-CANARY', 'latin1'));
    const written = await sent(formOf({ 'drawing.png': png(8, 8, 8, text) }));
    expect(Buffer.from(await (await openAsVisitor(written.id)).arrayBuffer()).includes('CANARY')).toBe(false);
  });
});
