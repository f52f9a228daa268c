import { createReadStream } from 'node:fs';
import { fileTypeFromFile } from 'file-type';
import type { FileKind } from '../../protocol/entities.ts';
import { clean, extensionOf, sameKind } from './file-name.ts';
import { FileProblem } from './file-problem.ts';

export interface DetectedFile {
  readonly kind: FileKind;
  /** What it is served as. */
  readonly type: string;
  readonly extension: string;
}

const known: Readonly<Record<string, DetectedFile>> = {
  'image/png': { kind: 'image', type: 'image/png', extension: 'png' },
  'image/jpeg': { kind: 'image', type: 'image/jpeg', extension: 'jpg' },
  'image/gif': { kind: 'image', type: 'image/gif', extension: 'gif' },
  'image/webp': { kind: 'image', type: 'image/webp', extension: 'webp' },
  'image/avif': { kind: 'image', type: 'image/avif', extension: 'avif' },
  'application/pdf': { kind: 'pdf', type: 'application/pdf', extension: 'pdf' },
};
const text: DetectedFile = { kind: 'text', type: 'text/plain; charset=utf-8', extension: 'txt' };
const textExtensions: ReadonlySet<string> = new Set([
  '',
  'txt',
  'text',
  'csv',
  'tsv',
  'md',
  'log',
  'json',
  'yaml',
  'yml',
]);

/** Controls that no text has. */
const notText = /[^\P{Cc}\t\n\r\f]/u;
/** How markup begins that a browser might draw: HTML, SVG, XML, and a program with its interpreter. */
const markup = /^\uFEFF?\s*(<(!doctype|\?xml|html|head|body|svg|script|iframe|math|style|!--)|#!|%!ps)/i;

/**
 * What a file is, found from its content alone; the name may only agree. Throws a `FileProblem` that says why a file is not
 * taken.
 */
export async function detectFile(path: string, givenName: string): Promise<DetectedFile> {
  const extension = extensionOf(clean(givenName));
  const found = await fileTypeFromFile(path);
  if (found) {
    const detected = known[found.mime];
    if (!detected) throw refused(`A file of this kind (${found.mime}) is not taken; text, PDF and pictures are.`);
    if (extension !== '' && !sameKind(extension, detected.extension))
      throw refused(`The name ends in ".${extension}", but the content is ${found.mime}.`);
    return detected;
  }
  if (!textExtensions.has(extension))
    throw refused(`A file named ".${extension}" whose content is not that is not taken.`);
  await checkText(path);
  return extension === '' || extension === 'text' ? text : { ...text, extension };
}

/** Read piece by piece: valid UTF-8, without the controls that only programs have, and no markup. */
async function checkText(path: string): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isFirst = true;
  const check = (piece: string) => {
    if (notText.test(piece)) throw refused('This is no text: it has control characters.');
    if (isFirst && markup.test(piece))
      throw refused('Markup and programs are not taken; send them as PDF or plain text.');
    isFirst = false;
  };
  for await (const chunk of createReadStream(path)) check(decode(decoder, chunk));
  check(decode(decoder));
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw refused('This is neither text in UTF-8, nor PDF, nor a picture.');
  }
}

const refused = (message: string) => new FileProblem('file_refused', message);
