/** The nine statuses of the published error page; the reference never answers with another error. */
export const ERROR_STATUSES = [400, 401, 403, 404, 422, 429, 500, 501, 504] as const;

/** One of the nine published error statuses. */
export type ErrorStatus = (typeof ERROR_STATUSES)[number];

/** Reasons by the dotted path of the field that they are about. */
export type ValidationErrors = Record<string, string[]>;

const SUMMARIES: Record<ErrorStatus, string> = {
  400: 'The request is malformed.',
  401: 'A valid API token is required.',
  403: 'The requested object is hidden for administrators only.',
  404: 'The requested object could not be found.',
  422: 'The request failed validation.',
  429: 'Too many requests. Slow down and try again later.',
  500: 'Something went wrong on our side. Try again later.',
  501: 'The server does not support the functionality required to fulfill the request.',
  504: 'An upstream service took too long to respond.',
};

/** What an error answer has beyond its status and summary. */
export type ErrorExtras = { validationErrors?: ValidationErrors; headers?: Record<string, string> };

/** An error that may be shown to the client as it is: status, summary, and for 422 the failed fields. */
export class ApiError extends Error {
  readonly status: ErrorStatus;
  readonly validationErrors: ValidationErrors | undefined;
  readonly headers: Record<string, string>;

  constructor(status: ErrorStatus, summary: string = SUMMARIES[status], extras: ErrorExtras = {}) {
    super(summary);
    this.name = 'ApiError';
    this.status = status;
    this.validationErrors = extras.validationErrors;
    this.headers = extras.headers ?? {};
  }
}

/** A 422 that names at least one field. */
export function invalid(validationErrors: ValidationErrors, summary?: string): ApiError {
  return new ApiError(422, summary, { validationErrors });
}

/** The 401 that every failure of authentication gets, so that it tells nothing about the object behind it. */
export function unauthorized(tokenPresented: boolean): ApiError {
  // RFC 6750 §3.1: the `error` attribute belongs there only when the request did carry a token.
  const challenge = tokenPresented ? 'Bearer realm="reference", error="invalid_token"' : 'Bearer realm="reference"';
  return new ApiError(401, undefined, { headers: { 'www-authenticate': challenge } });
}

/** The contract's body for an error, as JSON text. */
export function errorBody(error: ApiError): string {
  return JSON.stringify(
    error.validationErrors === undefined
      ? { summary: error.message }
      : { summary: error.message, validation_errors: error.validationErrors },
  );
}

/** Turns whatever was thrown into an answer: what is not made for clients becomes a 500 without any detail. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const { code, statusCode } = (thrown ?? {}) as { code?: unknown; statusCode?: unknown };
  // Fastify's own refusals (413, 414, 415, …) are requests that cannot be read: the contract has one status for these.
  if (typeof code === 'string' && code.startsWith('FST_ERR_') && typeof statusCode === 'number' && statusCode < 500) {
    return new ApiError(statusCode === 404 ? 404 : 400);
  }
  return new ApiError(500);
}
