import { expect } from 'chai';
import type { ErrorCode } from '../../src/model/error-catalogue.js';
import { HarnessError } from '../../src/model/harness-error.js';

/** Waits for a promise that must be rejected with this code, and gives the error back. */
export async function expectError(
  promise: Promise<unknown>,
  code: ErrorCode,
): Promise<HarnessError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HarnessError)) throw new Error(`expected ${code}, got ${String(error)}`);
  expect(error.code, error.message).to.equal(code);
  return error;
}
