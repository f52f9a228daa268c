import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { FileProblem } from './file-problem.ts';

/** Resolves for a file that is clean; throws a `FileProblem` for one that is not, or could not be looked at. */
export type Scan = (path: string) => Promise<void>;

/** Where nobody scans. */
export const noScan: Scan = async () => {};

interface ClamavOptions {
  readonly host: string;
  readonly port: number;
  /** How long it may keep silent. */
  readonly answerMs?: number;
}

/**
 * Asks a ClamAV daemon, over its INSTREAM command: pieces with their length before them, a zero at the end, and one line
 * for an answer (clamd(8)). A daemon that does not answer lets no file through.
 */
export const createClamavScan =
  (options: ClamavOptions): Scan =>
  async (path) => {
    const answer = await ask(path, options).catch(() => null);
    if (answer === null || !/(OK|FOUND)\0?$/.test(answer))
      throw new FileProblem('unavailable', 'Files cannot be checked now; try again later.');
    if (!answer.includes(': OK')) throw new FileProblem('malware', 'This file is not safe, and was not taken.');
  };

async function ask(path: string, { host, port, answerMs = 30_000 }: ClamavOptions): Promise<string> {
  const socket = connect({ host, port });
  try {
    socket.setTimeout(answerMs, () => socket.destroy(new Error('ClamAV did not answer in time.')));
    const answer = new Promise<string>((resolve, reject) => {
      let text = '';
      socket.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      socket.once('end', () => resolve(text.trim()));
      socket.once('error', reject);
    });
    const send = async () => {
      await write(socket, Buffer.from('zINSTREAM\0'));
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(chunk.length);
        await write(socket, Buffer.concat([length, chunk]));
      }
      await write(socket, Buffer.alloc(4));
    };
    // It may answer, and close, before it has seen all.
    const [outcome] = await Promise.all([answer, send().catch(() => {})]);
    return outcome;
  } finally {
    socket.destroy();
  }
}

const write = (socket: ReturnType<typeof connect>, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
