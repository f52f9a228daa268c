import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpErrorCode } from '../../protocol/codes.ts';
import type { HttpError } from '../../protocol/http.ts';

/** Thrown by a route to end with an answer of this code. */
export class HttpProblem extends Error {
  readonly code: HttpErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: HttpErrorCode, message: string, details: { field?: string; retryAfterSeconds?: number } = {}) {
    super(message);
    this.code = code;
    this.field = details.field;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export const statusOf: Record<HttpErrorCode, number> = {
  invalid_field: 400,
  malformed: 400,
  sign_in_failed: 401,
  second_factor_expected: 401,
  sign_in_expected: 401,
  key_expected: 401,
  csrf_refused: 403,
  origin_refused: 403,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  link_spent: 410,
  key_refused: 422,
  address_refused: 422,
  too_large: 413,
  unsupported_type: 415,
  file_refused: 415,
  malware: 422,
  ticket_refused: 401,
  no_space: 507,
  timeout: 408,
  too_many: 429,
  unavailable: 503,
  internal: 500,
};

/** What Fastify's own errors are in our terms; anything else that is the client's fault is malformed. */
const codeOfStatus: Readonly<Record<number, HttpErrorCode>> = {
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_type',
  429: 'too_many',
  503: 'unavailable',
};

export function sendError(error: FastifyError | HttpProblem, request: FastifyRequest, reply: FastifyReply) {
  const problem = error instanceof HttpProblem ? error : problemOf(error, request);
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds);
  return reply.code(statusOf[problem.code]).send(bodyOf(problem, request.id));
}

export const notFound = (request: FastifyRequest, reply: FastifyReply) =>
  sendError(new HttpProblem('not_found', 'There is nothing here.'), request, reply);

/** For what is no HTTP, or too much of it: it never became a request, so there is only the connection to answer on. */
export function refuseConnection({ code = '' }: ConnectionError, socket: Socket): void {
  const [status, reason] = brokenHeads[code] ?? ['400 Bad Request', 'This is no HTTP request.'];
  const body = JSON.stringify(bodyOf(new HttpProblem('malformed', reason), 'none'));
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`;
  if (code !== 'ECONNRESET' && socket.writable) socket.write(`${head}\r\n\r\n${body}`);
  socket.destroySoon();
}

const brokenHeads: Readonly<Record<string, readonly [status: string, reason: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The head of the request is too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time.'],
};

/** Details of what nobody foresaw stay in the log, under the request's id. */
function problemOf(error: FastifyError, request: FastifyRequest): HttpProblem {
  const [invalid] = error.validation ?? [];
  if (invalid) {
    const field = (
      invalid.instancePath || `/${invalid.params.missingProperty ?? invalid.params.additionalProperty ?? ''}`
    )
      .slice(1)
      .replaceAll('/', '.');
    return new HttpProblem('invalid_field', `${field || 'The request'} ${invalid.message}.`, field ? { field } : {});
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return new HttpProblem(codeOfStatus[status] ?? 'malformed', error.message);
  request.log.error({ err: error }, 'a request failed');
  return new HttpProblem('internal', 'Something went wrong here. It is in the log under the request’s id.');
}

function bodyOf({ code, message, field }: HttpProblem, request: string): HttpError {
  return { error: field === undefined ? { code, message, request } : { code, message, field, request } };
}
