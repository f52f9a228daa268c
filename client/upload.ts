import type { HttpErrorCode } from '../protocol/codes.ts';
import type { FileRef } from '../protocol/entities.ts';
import type { HttpError, Uploaded } from '../protocol/http.ts';
import { limits } from '../protocol/limits.ts';

/** `interrupted`: no answer came, whichever end it was that went away. */
export type UploadFailure = HttpErrorCode | 'interrupted';

export type UploadOutcome =
  | { readonly kind: 'uploaded'; readonly file: FileRef }
  | { readonly kind: 'failed'; readonly code: UploadFailure }
  | { readonly kind: 'cancelled' };

export interface UploadOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: File;
  readonly onProgress: (sentBytes: number) => void;
  /** Aborted, it cancels the upload. */
  readonly signal: AbortSignal;
}

/** When all has been sent the server still looks into the file, turns pictures, and may have it scanned. */
const answerMs = 120_000;

/** One file in one request. `fetch` would tell nothing of how far it is. */
export function upload({ url, headers, file, onProgress, signal }: UploadOptions): Promise<UploadOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'cancelled' });
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (outcome: UploadOutcome) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(outcome);
    };
    const cancel = () => {
      settle({ kind: 'cancelled' });
      request.abort();
    };
    // A dead network says nothing for many minutes.
    const watch = (forMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        settle({ kind: 'failed', code: 'interrupted' });
        request.abort();
      }, forMs);
    };
    signal.addEventListener('abort', cancel);
    request.upload.onprogress = ({ loaded }) => {
      watch(limits.uploadStallMs);
      onProgress(Math.min(loaded, file.size));
    };
    request.upload.onload = () => watch(answerMs);
    request.onload = () => settle(outcomeOf(request));
    request.onerror = () => settle({ kind: 'failed', code: 'interrupted' });
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    const form = new FormData();
    form.append('file', file);
    request.send(form);
    watch(limits.uploadStallMs);
  });
}

function outcomeOf({ status, responseText }: XMLHttpRequest): UploadOutcome {
  try {
    const answer = JSON.parse(responseText) as Uploaded & HttpError;
    const [file] = answer.files ?? [];
    if (status === 201 && file) return { kind: 'uploaded', file };
    return { kind: 'failed', code: answer.error.code };
  } catch {
    // A proxy in between answered with a page of its own.
    return { kind: 'failed', code: status === 413 ? 'too_large' : 'interrupted' };
  }
}
