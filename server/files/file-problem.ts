import type { HttpErrorCode } from '../../protocol/codes.ts';

/** Why a file is not taken. */
export type FileCode = Extract<
  HttpErrorCode,
  'file_refused' | 'malformed' | 'malware' | 'no_space' | 'timeout' | 'too_large' | 'too_many' | 'unavailable'
>;

export class FileProblem extends Error {
  readonly code: FileCode;

  constructor(code: FileCode, message: string) {
    super(message);
    this.code = code;
  }
}
