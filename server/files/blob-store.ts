import type { Readable } from 'node:stream';

/** Bytes under names that the server chose. One is whole or not there at all. */
export interface BlobStore {
  /** A file of its own to write to, seen by nobody. What is neither kept nor dropped goes when the server starts again. */
  draft(): Promise<Draft>;
  /** Null where there is none. */
  open(name: string, range?: ByteRange): Promise<Blob | null>;
  /** Also of what is not there. */
  delete(name: string): Promise<void>;
  /** The names of all that were kept before that time, some at a time. */
  keptBefore(time: number): AsyncIterable<readonly string[]>;
  /** How much may still be written; beyond it uploads stop, long before the database lacks room. */
  freeBytes(): Promise<number>;
}

export interface Draft {
  readonly path: string;
  /** On disk under this name when it resolves. */
  keep(name: string): Promise<void>;
  drop(): Promise<void>;
}

/** Both ends belong to it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface Blob {
  readonly bytes: number;
  readonly stream: Readable;
}
