import { vi } from 'vitest';

/** An XMLHttpRequest whose other end is the test. */
export class HandPumpedRequest {
  readonly headers: Record<string, string> = {};
  readonly upload: { onprogress?: (event: { loaded: number }) => void; onload?: () => void } = {};
  url = '';
  name = '';
  isAborted = false;
  isOver = false;
  status = 0;
  responseText = '';
  onload = () => {};
  onerror = () => {};

  open(_method: string, url: string) {
    this.url = url;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(form: FormData) {
    this.name = (form.get('file') as File).name;
  }
  abort() {
    this.isAborted = true;
  }
  answer(status: number, body: unknown) {
    this.isOver = true;
    this.status = status;
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body);
    this.onload();
  }
  cut() {
    this.isOver = true;
    this.onerror();
  }
}

/** Every request from here on, in the order of their making. */
export function pumpRequests(): HandPumpedRequest[] {
  const requests: HandPumpedRequest[] = [];
  class Pumped extends HandPumpedRequest {
    constructor() {
      super();
      requests.push(this);
    }
  }
  vi.stubGlobal('XMLHttpRequest', Pumped);
  return requests;
}
