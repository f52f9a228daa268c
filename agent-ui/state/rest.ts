import type { HttpErrorCode } from '../../protocol/codes.ts';
import type { HttpError } from '../../protocol/http.ts';

export interface Problem {
  readonly code: HttpErrorCode | 'unreachable';
  /** Which field is wrong, where one is. */
  readonly field?: string | undefined;
  readonly message: string;
}

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** The REST part, as the pages of the console use it. Every call is total: what went wrong is in its answer. */
export interface Rest {
  read<Value>(path: string): Promise<Answer<Value>>;
  send<Value>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer<Value>>;
}

const patienceMs = 15_000;
const unreachable: Problem = { code: 'unreachable', message: '' };

export function createRest(fetch: typeof globalThis.fetch, csrf: () => string): Rest {
  async function ask<Value>(path: string, init: RequestInit): Promise<Answer<Value>> {
    try {
      const answer = await fetch(`/api${path}`, { ...init, signal: AbortSignal.timeout(patienceMs) });
      const body: unknown = answer.status === 204 ? null : await answer.json();
      if (answer.ok) return { ok: true, value: body as Value };
      const { code, field, message } = (body as HttpError).error;
      return { ok: false, problem: { code: code as HttpErrorCode, field, message } };
    } catch {
      return { ok: false, problem: unreachable };
    }
  }
  return {
    read: (path) => ask(path, {}),
    send(method, path, body) {
      const headers: Record<string, string> = { 'x-csrf-token': csrf() };
      if (body === undefined) return ask(path, { method, headers });
      headers['content-type'] = 'application/json';
      return ask(path, { method, headers, body: JSON.stringify(body) });
    },
  };
}
