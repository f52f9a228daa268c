import sharp, { type Sharp } from 'sharp';
import { limits } from '../../protocol/limits.ts';
import type { DetectedFile } from './file-kind.ts';
import { FileProblem } from './file-problem.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
}

// Pictures come from strangers: few at a time, nothing kept.
sharp.cache(false);
sharp.concurrency(1);
const atOnce = 2;
/** A picture that takes longer than this was made to. */
const timeoutSeconds = 20;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Draws a picture anew, upright and without anything that a camera or a program wrote beside it (place, author, preview),
 * and makes its thumbnail. What the sender uploaded is not kept. Throws a `FileProblem` for what is no picture, or would
 * unpack to too much.
 */
export async function redraw(
  source: string,
  detected: DetectedFile,
  to: { picture: string; thumbnail: string },
): Promise<Picture> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    await checkSize(source);
    const { width, height } = await encode(read(source), detected.type).toFile(to.picture);
    const size = limits.thumbnailPixels;
    const small = sharp(to.picture, { limitInputPixels: limits.imagePixels });
    await small
      .resize(size, size, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toFile(to.thumbnail);
    return { width, height };
  } catch (error) {
    if (error instanceof FileProblem || isDiskError(error)) throw error;
    throw new FileProblem('file_refused', 'This picture is damaged, or too large to be drawn.');
  } finally {
    running--;
    waiting.shift()?.();
  }
}

const read = (source: string): Sharp =>
  sharp(source, { limitInputPixels: limits.imagePixels, animated: true, failOn: 'error' })
    .timeout({ seconds: timeoutSeconds })
    .autoOrient();

/** From the head of the file, before a pixel is unpacked. */
async function checkSize(source: string): Promise<void> {
  const {
    width,
    height,
    pages = 1,
    pageHeight,
  } = await sharp(source, { limitInputPixels: false, animated: true }).metadata();
  if (width * (pageHeight ?? height) * pages > limits.imagePixels)
    throw new FileProblem('file_refused', `A picture has at most ${limits.imagePixels / 1e6} million pixels.`);
}

/** In its own format; what browsers cannot show becomes one that they can. */
function encode(picture: Sharp, type: string): Sharp {
  if (type === 'image/png') return picture.png();
  if (type === 'image/gif') return picture.gif();
  if (type === 'image/webp') return picture.webp({ quality: 90 });
  if (type === 'image/avif') return picture.avif({ quality: 70, effort: 2 });
  return picture.jpeg({ quality: 90 });
}

export const isDiskError = (error: unknown): boolean =>
  error instanceof Error &&
  /ENOSPC|EDQUOT|EROFS|EIO|No space left/.test(`${'code' in error ? error.code : ''} ${error.message}`);
